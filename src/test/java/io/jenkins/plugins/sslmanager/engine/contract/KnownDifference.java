package io.jenkins.plugins.sslmanager.engine.contract;

import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext.Pointers;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the service is known, or must be expected, to differ from its document; docs/service-differences.md explains each. */
enum KnownDifference {
    /** The process page and the Java SDK have {@code /certificate/prepareOrder}, the document {@code _prepareOrder} alone. */
    OLDER_ROUTE(
            "request.operation.notAllowed", "", "POST operation not allowed on path '/v1/certificate/prepareOrder'."),
    /** The document declares answers with HTTP 200 only; the SDKs read the envelope of errors from other ones. */
    STATUS_OF_ERRORS("response.status.unknown", "", "Response status (4\\d\\d|503) not defined for path .*"),
    /** The process page's example has {@code RSA}; the document's list has only names of curves. */
    ALGORITHM(
            "response.body.schema.enum",
            "/data/0/algorithm",
            ".*Instance value \\(\"(RSA|EC)\"\\) not found in enum.*"),
    /** The process page's notification has the job's {@code type}; the document does not. */
    JOB_TYPE("response.body.schema.additionalProperties", "/data/\\d+/job", ".*by the schema: \\[\"type\"]"),
    /** The document leaves open what an object's data are; the judge takes them for what the object's type says. */
    DATA_OF_AN_OBJECT("response.body.schema.additionalProperties", "/data/\\d+/object/data", ".*"),
    /** Not the service's: the sandbox has a state that is not in the document's list, since states may be added. */
    UNLISTED_STATE("response.body.schema.enum", "/data/\\d+/job/status", ".*\\(\"AWAITING_AUTHORITY\"\\) not found.*");

    private final String key;
    private final Pattern where;
    private final Pattern complaint;

    KnownDifference(String key, String where, String complaint) {
        this.key = "validation." + key;
        this.where = Pattern.compile(where);
        this.complaint = Pattern.compile(complaint, Pattern.DOTALL);
    }

    static Optional<KnownDifference> behind(Message message) {
        return Arrays.stream(values())
                .filter(difference -> difference.explains(message))
                .findFirst();
    }

    private boolean explains(Message message) {
        String place = message.getContext()
                .flatMap(MessageContext::getPointers)
                .map(Pointers::getInstance)
                .orElse("");
        return key.equals(message.getKey())
                && where.matcher(place).matches()
                && complaint.matcher(message.getMessage()).matches();
    }
}
