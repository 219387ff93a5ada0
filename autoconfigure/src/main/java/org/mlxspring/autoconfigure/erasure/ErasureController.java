package org.mlxspring.autoconfigure.erasure;

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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/mlx/api/erasures")
class ErasureController {

    private final Erasures erasures;
    private final KeepOut keepOut;

    ErasureController(Erasures erasures, KeepOut keepOut) {
        this.erasures = erasures;
        this.keepOut = keepOut;
    }

    @PostMapping
    ResponseEntity<ErasureView> erase(
            @RequestBody ErasureRequest request, @Nullable Principal user, UriComponentsBuilder address) {
        ErasureView erasure = erasures.erase(request, UserName.of(user));
        return ResponseEntity.accepted()
                .location(address.path("/mlx/api/erasures/{id}").build(erasure.id()))
                .body(erasure);
    }

    @PostMapping("/lift")
    LiftView lift(@RequestBody LiftRequest request, @Nullable Principal user) {
        return keepOut.lift(request, UserName.of(user));
    }

    @GetMapping
    PageView<ErasureView> list(
            @RequestParam(required = false) @Nullable ErasureState state,
            @RequestParam(required = false) @Nullable ErasureCause cause,
            @RequestParam(required = false) @Nullable String dataset,
            PageQuery page) {
        return PageView.of(erasures.list(
                state,
                cause,
                dataset,
                page.toPageable(Sort.by(Sort.Direction.DESC, "id"), "id", "requestedAt", "state")));
    }

    @GetMapping("/{id}")
    ErasureView get(@PathVariable long id) {
        return erasures.get(id);
    }
}
