package org.mlxspring.autoconfigure.pipeline;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.UserName;
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
    List<AnsweredRow> answers(@PathVariable String id, @Nullable Principal user) {
        return answers.read(id, UserName.of(user));
    }
}
