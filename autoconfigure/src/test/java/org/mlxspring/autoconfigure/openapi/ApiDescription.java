package org.mlxspring.autoconfigure.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to what springdoc reads off the controllers what it cannot know: words, errors, events and how to sign in. */
final class ApiDescription implements OpenApiCustomizer {
    private static final String PROBLEM = "ProblemDetail";

    private final RecordComments comments = new RecordComments();

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info()
                .title("MLX fine-tuning")
                .version("1")
                .description("Datasets, runs, models and schedules of this application. A browser's session, or HTTP"
                        + " Basic, signs in; changes from a session need the CSRF token of `GET /mlx/api/me`."));
        api.setServers(null);
        api.setTags(null);
        api.getComponents()
                .addSecuritySchemes(
                        "basic",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
        api.getComponents()
                .addSecuritySchemes(
                        "session",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("JSESSIONID"));
        api.setSecurity(
                List.of(new SecurityRequirement().addList("basic"), new SecurityRequirement().addList("session")));
        describeSchemas(api);
        api.getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((method, operation) -> describe(method, path, operation)));
        api.getPaths().keySet().removeIf(path -> !path.startsWith("/mlx/api/"));
    }

    private void describe(PathItem.HttpMethod method, String path, Operation operation) {
        Operations.Words words = Operations.of(method.name(), path);
        if (words == null) {
            return;
        }
        operation.setTags(List.of(path.split("/")[3].replace(".json", "")));
        operation.summary(words.summary()).description(words.description());
        operation.setOperationId(operationId(method, path));
        ApiResponse ok = operation.getResponses().values().iterator().next();
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse(words.ok(), ok.description(words.summary()));
        if (path.endsWith("/events")) {
            ok.setContent(new Content().addMediaType("text/event-stream", new MediaType().schema(events())));
        } else if (path.endsWith("openapi.json")) {
            ok.setContent(new Content().addMediaType("application/json", new MediaType().schema(new ObjectSchema())));
        } else if (ok.getContent() != null) {
            MediaType body = ok.getContent().values().iterator().next();
            ok.setContent(new Content().addMediaType("application/json", body));
        }
        if (List.of("201", "202").contains(words.ok())) {
            ok.addHeaderObject(
                    "Location", new Header().description("Where to read it").schema(new StringSchema()));
        }
        Map<String, String> problems = new TreeMap<>(words.problems());
        problems.put("401", "Nobody is signed in.");
        problems.put("403", "The user lacks the role, or the CSRF token is missing.");
        problems.forEach((status, when) -> responses.addApiResponse(status, problem(when)));
        operation.setResponses(responses);
        operation.setParameters(parameters(operation));
        if (method == PathItem.HttpMethod.POST) {
            describeBody(path, operation);
        }
    }

    /** Bodies that are read as they arrive, of which springdoc sees nothing. */
    private static void describeBody(String path, Operation operation) {
        if (path.endsWith("/datasets")) {
            describeUpload(operation);
        } else if (path.endsWith("/preview") || path.endsWith("{name}/imports")) {
            Content content = new Content();
            List.of("application/x-ndjson", "text/csv", "text/plain", "text/markdown", "application/zip")
                    .forEach(type -> content.addMediaType(type, new MediaType().schema(file("Rows"))));
            operation.setRequestBody(new RequestBody().required(true).content(content));
        } else if (path.endsWith("/rows")) {
            Schema<?> row = new ObjectSchema().description("A row in one of the formats");
            Schema<?> rows = new Schema<>().oneOf(List.of(row, new ArraySchema().items(new ObjectSchema())));
            operation.setRequestBody(new RequestBody()
                    .required(true)
                    .content(new Content().addMediaType("application/json", new MediaType().schema(rows))));
        }
    }

    /** A name and files, which springdoc takes for a query parameter and a JSON object. */
    private static void describeUpload(Operation operation) {
        Schema<?> upload = new ObjectSchema()
                .addProperty("name", new StringSchema().description("Name of the dataset, new or known"))
                .addProperty("train", file("Rows to learn from, as JSON lines"))
                .addProperty("valid", file("Rows to watch the training with, as JSON lines"))
                .addProperty("test", file("Rows to judge the candidate with, as JSON lines"));
        upload.setRequired(List.of("name", "train"));
        operation.setParameters(null);
        operation.setRequestBody(new RequestBody()
                .required(true)
                .content(new Content().addMediaType("multipart/form-data", new MediaType().schema(upload))));
    }

    private static Schema<?> file(String description) {
        return new StringSchema().format("binary").description(description);
    }

    /** A page's parameters, which springdoc takes for one object, each on its own. */
    private List<Parameter> parameters(Operation operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter :
                operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters()) {
            String schema =
                    parameter.getSchema() == null ? null : parameter.getSchema().get$ref();
            if (schema != null && schema.endsWith("/PageQuery")) {
                parameters.add(query("page", new IntegerSchema()));
                parameters.add(query("size", new IntegerSchema()));
                parameters.add(query("sort", new StringSchema()));
            } else {
                parameters.add(parameter);
            }
        }
        return parameters.isEmpty() ? null : parameters;
    }

    private Parameter query(String name, Schema<?> schema) {
        return new Parameter()
                .in("query")
                .name(name)
                .required(false)
                .description(comments.of("PageQuery", name).orElseThrow())
                .schema(schema);
    }

    private void describeSchemas(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        Set.of("SseEmitter", "PageQuery").forEach(schemas::remove);
        schemas.forEach((type, schema) -> {
            comments.of(type).filter(text -> !text.isBlank()).ifPresent(schema::setDescription);
            Map<String, Schema> properties = schema.getProperties();
            if (properties != null) {
                String record = type.startsWith("PageView") ? "PageView" : type;
                properties.forEach((name, property) -> comments.of(record, name).ifPresent(property::setDescription));
            }
        });
        schemas.put(
                PROBLEM,
                new ObjectSchema()
                        .description("What went wrong, as RFC 9457 has it; some problems have further fields.")
                        .addProperty(
                                "type",
                                new StringSchema().description("about:blank: the title and the status say the kind"))
                        .addProperty("title", new StringSchema().description("The kind of problem"))
                        .addProperty("status", new IntegerSchema().description("The status of the answer"))
                        .addProperty("detail", new StringSchema().description("What happened and what would be right"))
                        .addProperty("instance", new StringSchema().description("The path that was asked"))
                        .addProperty("setting", new StringSchema().description("The setting that is wrong"))
                        .addProperty("file", new StringSchema().description("The file that has the unusable row"))
                        .addProperty("line", new IntegerSchema().description("The line of that row, from 1")));
    }

    private static Schema<?> events() {
        return new Schema<>()
                .oneOf(List.of(
                        new Schema<>().$ref("#/components/schemas/RunView"),
                        new Schema<>().$ref("#/components/schemas/MetricView")));
    }

    private static ApiResponse problem(String when) {
        Schema<?> schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description(when)
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static String operationId(PathItem.HttpMethod method, String path) {
        StringBuilder id = new StringBuilder(method.name().toLowerCase());
        for (String part : path.replace("/mlx/api/", "").replaceAll("[{}]", "").split("[/.]")) {
            id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return id.toString();
    }
}
