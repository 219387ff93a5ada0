package org.mlxspring.autoconfigure.page;

import java.net.URI;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /mlx} itself; a view of that name would need a view resolver, which would change the host. */
@RestController
class PageController {

    @GetMapping(path = "/mlx", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(new ClassPathResource("org/mlxspring/page/static/index.html"));
    }

    /** The page's links are relative to {@code /mlx} without a slash. */
    @GetMapping("/mlx/")
    ResponseEntity<Void> withSlash() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("../mlx"))
                .build();
    }
}
