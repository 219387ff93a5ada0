package org.mlxspring.autoconfigure.web;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of our API, a file that a test compares with the controllers. */
@RestController
class OpenApiController {

    private final Resource description = new ClassPathResource("openapi.json", OpenApiController.class);

    @GetMapping("/mlx/api/openapi.json")
    ResponseEntity<Resource> description() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(description);
    }
}
