package org.mlxspring.autoconfigure.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers the description with the address that this application has in front of {@code /mlx}. */
@RestController
class OpenApiController {
    private static final String PATH = "/mlx/api/openapi.json";

    private final JsonMapper json = JsonMapper.builder().build();
    private final ObjectNode description;

    OpenApiController() {
        try (InputStream in = new ClassPathResource("org/mlxspring/openapi/openapi.json").getInputStream()) {
            description = (ObjectNode) json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The resource org/mlxspring/openapi/openapi.json is missing from the jar", e);
        }
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] describe(HttpServletRequest request) {
        String base = request.getRequestURI().replace(PATH, "");
        ObjectNode here = description.deepCopy();
        here.putArray("servers").addObject().put("url", base.isEmpty() ? "/" : base);
        return json.writeValueAsBytes(here);
    }
}
