package org.mlxspring.autoconfigure.retention;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.PageQuery;
import org.mlxspring.autoconfigure.web.PageView;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.data.domain.Sort;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/clean-ups")
class CleanUpController {

    private final CleanUps cleanUps;

    CleanUpController(CleanUps cleanUps) {
        this.cleanUps = cleanUps;
    }

    @PostMapping
    ResponseEntity<CleanUpView> start(
            @RequestParam(defaultValue = "false") boolean dry, @Nullable Principal user, UriComponentsBuilder address) {
        CleanUpView cleanUp = cleanUps.start(UserName.of(user), dry);
        return ResponseEntity.accepted()
                .location(address.path("/mlx/api/clean-ups/{id}").build(cleanUp.id()))
                .body(cleanUp);
    }

    @GetMapping
    PageView<CleanUpView> list(PageQuery page) {
        return PageView.of(cleanUps.list(page.toPageable(Sort.by(Sort.Direction.DESC, "id"), "id", "startedAt")));
    }

    @GetMapping("/{id}")
    CleanUpView get(@PathVariable long id) {
        return cleanUps.get(id);
    }
}
