package org.mlxspring.autoconfigure.retention;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/datasets/{name}/retention")
class RetentionController {

    private final Retention retention;

    RetentionController(Retention retention) {
        this.retention = retention;
    }

    @GetMapping
    DatasetRetention get(@PathVariable String name) {
        return retention.of(name);
    }

    @PutMapping
    DatasetRetention set(@PathVariable String name, @RequestBody DatasetRetention wanted, @Nullable Principal user) {
        return retention.set(name, wanted, UserName.of(user));
    }
}
