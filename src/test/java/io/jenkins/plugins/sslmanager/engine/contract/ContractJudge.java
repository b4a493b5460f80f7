package io.jenkins.plugins.sslmanager.engine.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds exchanges against InterNetX's OpenAPI document, and sets apart what {@link KnownDifference} explains. */
final class ContractJudge {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** The document's other paths have faults of their own, for which the validator would not take it. */
    private static final List<String> PATHS = List.of(
            "/certificate/_prepareOrder",
            "/certificate/_search",
            "/certificate/{id}",
            "/certificate/{id}/_renew",
            "/domain/{name}",
            "/hello",
            "/job/_search",
            "/job/history/_search",
            "/job/history/{id}",
            "/job/{id}",
            "/poll",
            "/poll/{id}");

    /** Which path gives objects of a type, so that such an object elsewhere can be judged as if it came from there. */
    private static final Map<String, String> OBJECTS =
            Map.of("Certificate", "/v1/certificate/1", "domain", "/v1/domain/example.com");

    private final OpenApiInteractionValidator validator;
    private final Set<KnownDifference> met = EnumSet.noneOf(KnownDifference.class);

    ContractJudge(Path document) {
        ObjectNode root = (ObjectNode) MAPPER.readTree(document.toFile());
        ((ObjectNode) root.get("paths")).retain(PATHS);
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(root.toString())
                .build();
    }

    /** What neither the document nor a known difference allows. */
    List<String> complaints(Exchange exchange) {
        ValidationReport asItWas = validator.validate(request(exchange, exchange.path()), response(exchange));
        // Or what is in an exchange whose route or status is unknown would not be looked at.
        String path = exchange.path().replace("/prepareOrder", "/_prepareOrder");
        ValidationReport asIfKnown = validator.validate(request(exchange, path), response(200, text(exchange)));
        Stream<ValidationReport> objects = MAPPER.readTree(exchange.responseBody())
                .path("data")
                .valueStream()
                .map(entry -> entry.path("object"))
                .filter(object -> object.has("data"))
                .map(this::object);
        return Stream.concat(Stream.of(asItWas, asIfKnown), objects)
                .flatMap(report -> report.getMessages().stream())
                .filter(this::isUnexplained)
                .map(message -> exchange + ": " + message.getKey() + " " + message.getMessage())
                .distinct()
                .toList();
    }

    private ValidationReport object(JsonNode object) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.putArray("data").add(object.get("data"));
        String path = OBJECTS.get(object.path("type").asString());
        return validator.validateResponse(path, Method.GET, response(200, answer.toString()));
    }

    private boolean isUnexplained(ValidationReport.Message message) {
        Optional<KnownDifference> difference = KnownDifference.behind(message);
        difference.ifPresent(met::add);
        return difference.isEmpty();
    }

    /** The known differences that have been there so far. */
    Set<KnownDifference> met() {
        return met;
    }

    private static Request request(Exchange exchange, String path) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(exchange.method(), path);
        exchange.requestHeaders().forEach(request::withHeader);
        if (exchange.requestBody().length > 0) {
            request.withBody(exchange.requestBody());
        }
        return request.build();
    }

    private static Response response(Exchange exchange) {
        return response(exchange.status(), text(exchange));
    }

    private static String text(Exchange exchange) {
        return new String(exchange.responseBody(), StandardCharsets.UTF_8);
    }

    private static Response response(int status, String body) {
        return SimpleResponse.Builder.status(status)
                .withContentType("application/json")
                .withBody(body)
                .build();
    }
}
