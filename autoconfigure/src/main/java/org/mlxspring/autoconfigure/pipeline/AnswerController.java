package org.mlxspring.autoconfigure.pipeline;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AnswerController {

    private final RunAnswers answers;

    AnswerController(RunAnswers answers) {
        this.answers = answers;
    }

    @GetMapping("/mlx/api/runs/{id}/answers")
    PageView<AnsweredRow> answers(@PathVariable String id, PageQuery page, @Nullable Principal user) {
        return PageView.of(answers.read(id, UserName.of(user), page.toPageable(Sort.unsorted())));
    }
}
