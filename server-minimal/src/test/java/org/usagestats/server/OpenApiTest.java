package org.usagestats.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.server.JsonValues.object;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.query.QuestionKind;
import org.usagestats.server.http.Json;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** The collector does what its description says, and its description says all that it does. */
class OpenApiTest {

    @TempDir
    private Path directory;

    private Collector collector;
    private Map<String, Object> document;
    private Map<String, Object> paths;

    /** One way to ask, as the document shows it. */
    private record Request(String method, String path, List<String> parameters, List<String> headers, String body) {

        Reply to(Collector collector) throws IOException {
            String target = path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
            String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                    + headers.stream().map(header -> header + "\r\n").collect(joining())
                    + (method.equals("POST") ? "Content-Length: " + body.length() + "\r\n" : "");
            return Reply.to(collector.address(), head + "\r\n" + body);
        }
    }

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder()
                .sink("jsonl", new SinkConfig(directory.toString(), Durability.OS, "collector", Map.of()))
                .start();
        document = object(get("/v1/openapi.json").body());
        paths = object(document.get("paths"));
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @Test
    void it_has_every_address_with_every_method() throws IOException {
        Set<String> routes = new TreeSet<>();
        String known = get("/v1/").body();
        for (String route : known.substring(known.lastIndexOf("There are ") + 10, known.lastIndexOf('"'))
                .split(", ")) {
            routes.add(route);
            Reply refused = new Request("DELETE", route, List.of(), List.of(), "").to(collector);
            assertThat(refused.status()).as(route).isEqualTo(405);
            Set<String> methods = new TreeSet<>(Arrays.asList(refused.header("Allow")
                    .orElseThrow()
                    .toLowerCase(Locale.ROOT)
                    .split(", ")));
            methods.remove("head");
            assertThat(object(paths.get(route)).keySet()).as(route).containsExactlyInAnyOrderElementsOf(methods);
        }
        routes.add("/");
        assertThat(paths.keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void every_example_is_answered_as_it_says_with_each_parameter() throws IOException {
        int asked = 0;
        for (Request request : requests()) {
            Reply reply = request.to(collector);
            asked++;
            boolean goesOn = request.path.equals("/v1/export")
                    && request.parameters.stream().anyMatch(parameter -> parameter.startsWith("after="));
            assertThat(reply.status()).as(request + ": " + reply.body()).isEqualTo(goesOn ? 410 : 200);
            if (goesOn) {
                continue;
            }
            Map<String, Object> operation =
                    object(object(paths.get(request.path)).get(request.method.toLowerCase(Locale.ROOT)));
            Map<String, Object> content =
                    object(object(object(operation.get("responses")).get("200")).get("content"));
            String type = reply.header("Content-Type").orElseThrow().replaceFirst(";.*", "");
            assertThat(content.keySet()).as(request.toString()).contains(type);
        }
        assertThat(asked).isGreaterThan(90);
    }

    @Test
    void it_has_the_parameters_of_every_kind_of_question_and_no_others() {
        Map<String, QuestionKind> kinds = Map.of(
                "/v1/query", QuestionKind.QUERY,
                "/v1/count", QuestionKind.COUNT,
                "/v1/values", QuestionKind.VALUES,
                "/v1/export", QuestionKind.EXPORT);
        kinds.forEach((path, kind) -> {
            List<Object> names = parameters(object(object(paths.get(path)).get("get"))).stream()
                    .map(parameter -> parameter.get("name"))
                    .toList();
            assertThat(names)
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    kind.words().stream(),
                                    kind == QuestionKind.EXPORT ? Stream.of("f", "after") : Stream.of("f"))
                            .toList());
        });
        Map<String, Object> question =
                object(object(object(document.get("components")).get("schemas")).get("Question"));
        assertThat(object(question.get("properties")).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(QuestionKind.QUERY.words().stream(), Stream.of("filter"))
                                .toList());
    }

    @Test
    void what_it_refers_to_is_there() {
        assertThat(references(document).toList()).isNotEmpty().allSatisfy(this::resolve);
    }

    /** A request for each operation, and for each of its parameters one that has it, beside those that are needed. */
    private List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        paths.forEach((path, methods) -> object(methods).forEach((method, operation) -> {
            String verb = method.toUpperCase(Locale.ROOT);
            String body = body(object(operation));
            List<Map<String, Object>> parameters = parameters(object(operation));
            List<String> needed = parameters.stream()
                    .filter(parameter -> "true".equals(parameter.get("required")))
                    .flatMap(OpenApiTest::written)
                    .toList();
            requests.add(new Request(verb, path, needed, List.of(), body));
            for (Map<String, Object> parameter : parameters) {
                if (parameter.get("in").equals("header")) {
                    String header = parameter.get("name") + ": " + parameter.get("example");
                    requests.add(new Request(verb, path, needed, List.of(header), body));
                } else if (parameter.containsKey("example") && parameter.get("required") == null) {
                    requests.add(new Request(
                            verb,
                            path,
                            Stream.concat(needed.stream(), written(parameter)).toList(),
                            List.of(),
                            body));
                }
            }
        }));
        return requests;
    }

    private static Stream<String> written(Map<String, Object> parameter) {
        Object example = parameter.get("example");
        if (example instanceof Map<?, ?> exploded) {
            return exploded.entrySet().stream().map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()));
        }
        return Stream.of(parameter.get("name") + "=" + encoded(example));
    }

    private static String encoded(Object text) {
        return URLEncoder.encode((String) text, StandardCharsets.UTF_8);
    }

    private static String body(Map<String, Object> operation) {
        if (!operation.containsKey("requestBody")) {
            return "";
        }
        Object content = object(object(operation.get("requestBody")).get("content"))
                .values()
                .iterator()
                .next();
        Object example = object(content).get("example");
        return example instanceof String text ? text : Json.line(object(example));
    }

    private List<Map<String, Object>> parameters(Map<String, Object> operation) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        if (operation.get("parameters") instanceof List<?> list) {
            list.forEach(item -> {
                Map<String, Object> parameter = object(item);
                parameters.add(
                        parameter.containsKey("$ref") ? object(resolve((String) parameter.get("$ref"))) : parameter);
            });
        }
        return parameters;
    }

    private Object resolve(String reference) {
        Object value = document;
        for (String key : reference.substring(2).split("/")) {
            value = object(value).get(key);
            assertThat(value).as(reference).isNotNull();
        }
        return value;
    }

    private static Stream<String> references(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().flatMap(OpenApiTest::references);
        }
        return value instanceof Map<?, ?> members
                ? members.entrySet().stream()
                        .flatMap(member -> "$ref".equals(member.getKey())
                                ? Stream.of((String) member.getValue())
                                : references(member.getValue()))
                : Stream.empty();
    }

    private Reply get(String target) throws IOException {
        return Reply.to(collector.address(), Requests.get(target));
    }
}
