package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is ordered, when, and where it goes. */
final class ReissueOptions {

    /** The order book's folder, in that of the files. */
    private static final String BOOK = ".ssl-manager";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @CheckForNull
    @Option(
            names = "--csr",
            paramLabel = "FILE",
            description =
                    "The CSR to order with, in PEM. Default: a new key, and a CSR with the names of the certificate.")
    private Path csr;

    @CheckForNull
    @Option(
            names = "--key-algorithm",
            paramLabel = "NAME",
            description = "Of the new key: ${COMPLETION-CANDIDATES}. Default: RSA_2048")
    private KeyAlgorithm keyAlgorithm;

    @CheckForNull
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder for the files. Default: certificates/<name>. A key.pem of an earlier run for the same"
                            + " certificate is kept beside the new one; any other is left alone, and the run refused.")
    private Path out;

    @CheckForNull
    @Option(
            names = "--book",
            paramLabel = "DIR",
            description =
                    "The folder of the order book. Default: .ssl-manager in --out, or in certificates. One run at a time"
                            + " uses it. A rehearsal has one of its own, which goes with it.")
    private Path book;

    @CheckForNull
    @Option(
            names = "--if-due",
            paramLabel = "RULE",
            description =
                    "Re-issue it only if it is due: when so much of its lifetime is left, such as 33%%, or so long before"
                            + " its end, such as 30d. Default: in any case")
    private DueRule ifDue;

    @Option(
            names = "--ignore-paid-term",
            description =
                    "Re-issue it although its paid term ends with it, so that the new one lasts no longer. Default: order"
                            + " nothing then")
    private boolean ignorePaidTerm;

    @CheckForNull
    @Option(
            names = "--remove-names",
            paramLabel = "NAMES",
            description =
                    "DNS names of the certificate to leave out of the new one, separated by commas. Default: none")
    private String removeNames;

    @Option(
            names = "--short-chain",
            description = "Write the shortest of the valid chains. Default: the longest, which older clients need")
    private boolean shortChain;

    @Option(
            names = "--force",
            description =
                    "Give up an order that an earlier run has left open, and order anew. Its key is kept, sealed, for 30"
                            + " days. Default: go on with that order")
    private boolean force;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait in all, such as 90s, 15m or 2d. Default: 15m")
    private Duration timeout = Duration.ofMinutes(15);

    /** Tells whether any of them is given, but for the time limit. */
    boolean isGiven() {
        return force
                || ignorePaidTerm
                || shortChain
                || Stream.of(csr, keyAlgorithm, out, book, ifDue, removeNames).anyMatch(Objects::nonNull);
    }

    /** Returns the CSR that is brought along; null for a new key. */
    @CheckForNull
    CertificateSigningRequest csr() {
        checkRemovedNames();
        if (csr == null) {
            return null;
        }
        if (keyAlgorithm != null) {
            throw bad("--key-algorithm is for a new key, and --csr brings one along: give one of them");
        }
        return readCsr(csr);
    }

    private void checkRemovedNames() {
        try {
            new OrderChanges(null, null, null, null, null, removeNames).check();
        } catch (IllegalArgumentException e) {
            throw bad("--remove-names cannot be used: " + e.getMessage());
        }
    }

    private CertificateSigningRequest readCsr(Path file) {
        try {
            return CertificateSigningRequest.parse(Files.readString(file, ISO_8859_1));
        } catch (IOException e) {
            throw bad("--csr " + file + " cannot be read: " + SafeFiles.reason(e));
        } catch (PkiException e) {
            throw bad("--csr " + file + ": " + e.getMessage());
        }
    }

    /** Returns the folder of the order book for orders of a service. */
    Path book() {
        Path folder = Optional.ofNullable(out).orElse(TerminalRun.CERTIFICATES);
        return Optional.ofNullable(book).orElse(folder.resolve(BOOK));
    }

    void requireNoBook() {
        if (book != null) {
            throw bad("--book is for the orders of a service: give its --url too, or leave it out to try the sandbox");
        }
    }

    TerminalRun.ReissueRequest request(
            long certificateId, @CheckForNull CertificateSigningRequest brought, Path orderBook) {
        return new TerminalRun.ReissueRequest(
                certificateId,
                brought,
                Optional.ofNullable(keyAlgorithm).orElse(KeyAlgorithm.RSA_2048),
                out,
                orderBook,
                ifDue,
                ignorePaidTerm,
                removeNames,
                shortChain ? ChainLength.SHORTEST : ChainLength.LONGEST,
                force,
                timeout);
    }

    private ParameterException bad(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
