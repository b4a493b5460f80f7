package io.jenkins.plugins.sslmanager.engine.reissue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request is called in the tests, whichever the protocol: method and path of the JSON API's route. */
final class RequestName {

    private static final Pattern CODE = Pattern.compile("<code>(\\d+)</code>");
    private static final Pattern ID = Pattern.compile("<id>(\\d+)</id>");

    private static final Map<String, String> ROUTES = Map.of(
            "400110", "POST /certificate/_prepareOrder",
            "400102", "PUT /certificate/{id}",
            "400104", "GET /certificate/{id}",
            "0905", "GET /poll",
            "0906", "PUT /poll/{id}",
            "400114", "GET /job/{id}",
            "400134", "GET /job/history/{id}",
            "400115", "POST /job/_search",
            "400135", "POST /job/history/_search");

    private RequestName() {}

    /** @param path below the service's URL */
    static String of(Protocol protocol, String method, String path, byte[] body) {
        if (protocol == Protocol.JSON) {
            return method + " " + path;
        }
        String document = new String(body, UTF_8);
        return ROUTES.get(first(CODE, document)).replace("{id}", first(ID, document));
    }

    private static String first(Pattern element, String document) {
        Matcher matcher = element.matcher(document);
        return matcher.find() ? matcher.group(1) : "";
    }
}
