package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** A look at a service instead of an order. */
final class ExaminationOptions {

    @Option(
            names = "--examine",
            description =
                    "Order nothing. Ask about the certificate what changes nothing at the service, and write a report in"
                            + " which names, numbers and texts are replaced. At the sandbox, over both protocols.")
    private boolean examine;

    @CheckForNull
    @Option(
            names = "--xml-url",
            paramLabel = "URL",
            description =
                    "With --examine, and --url for the JSON API: the address of the XML API, to ask the same over both")
    private URI xmlUrl;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "With --examine: the file for the report, which must not be there yet. Default: examination.md")
    private Path report = Path.of("examination.md");

    boolean isAsked() {
        if (!examine && xmlUrl != null) {
            throw new InputException("--xml-url is for --examine: give that, too, or --protocol=XML and --url.");
        }
        return examine;
    }

    Path report() {
        return report;
    }

    /** Before anything is asked. */
    void requireNoReport() {
        if (Files.exists(report)) {
            throw new InputException(report + " is there already. Move it away, or give another file with --report.");
        }
    }

    /** The same user at each of the service's addresses. */
    Map<Protocol, ServiceAccount> accounts(Protocol protocol, ServiceAccount account) {
        Map<Protocol, ServiceAccount> accounts = new EnumMap<>(Map.of(protocol, account));
        if (xmlUrl == null) {
            return accounts;
        }
        if (protocol == Protocol.XML) {
            throw new InputException("--xml-url is for a --url of the JSON API: leave it or --protocol=XML out.");
        }
        try {
            accounts.put(
                    Protocol.XML,
                    new ServiceAccount(
                            xmlUrl, account.user(), account.password(), account.context(), account.secondFactor()));
            return accounts;
        } catch (IllegalArgumentException e) {
            throw new InputException("--xml-url: " + e.getMessage());
        }
    }

    void write(String content) {
        try {
            SafeFiles.replace(report, content.getBytes(UTF_8));
        } catch (IOException e) {
            throw new InputException("--report " + report + " cannot be written: " + SafeFiles.reason(e));
        }
    }
}
