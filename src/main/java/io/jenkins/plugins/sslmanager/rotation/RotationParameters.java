package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.sslmanager.account.JobAccess;
import io.jenkins.plugins.sslmanager.credentials.CredentialId;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.delivery.KeyFiles;
import io.jenkins.plugins.sslmanager.delivery.NamePattern;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.rotation.AtTermEnd;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationSettings;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step that rotates certificates is to do: names, ids and rules alone, since it lies in the build's state. */
final class RotationParameters implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final CertificateSelection selection;
    private final String due;
    private final boolean force;
    private final AtTermEnd atTermEnd;
    private final boolean dryRun;
    private final NewKey newKey;
    private final OrderChanges changes;
    private final long deadline;
    private final Delivery delivery;

    @CheckForNull
    private final String keyFile;

    private final boolean keepPrevious;

    @CheckForNull
    private final String storeAs;

    /** @throws IllegalArgumentException if parameters are missing or say nothing */
    RotationParameters(RotationStep step) {
        selection = CertificateSelection.of(step);
        due = step.getDue();
        force = step.isForce();
        atTermEnd = Parameter.read("atTermEnd", () -> AtTermEnd.parse(step.getAtTermEnd()));
        dryRun = step.isDryRun();
        newKey = new NewKey(step.getKeyAlgorithm(), null, step.getNames(), step.getSubject());
        changes = new OrderChanges(
                orNull("adminContactId", step.getAdminContactId()),
                orNull("technicalContactId", step.getTechnicalContactId()),
                step.getSoftware(),
                step.getProduct(),
                orNull("lifetimeMonths", step.getLifetimeMonths()),
                step.getRemoveNames());
        deadline = System.currentTimeMillis()
                + Parameter.read("timeout", () -> Durations.parse(step.getTimeout()))
                        .toMillis();
        delivery = step.delivery();
        storeAs = step.getStoreAs();
        keyFile = step.getKeyFile();
        keepPrevious = step.isKeepPrevious();
        CredentialId.require(NamePattern.fillIfGiven(storeAs, "name"));
        newKey.check();
        changes.check();
        dueRule();
        if (isForSeveral()) {
            requireNames();
        }
    }

    @CheckForNull
    private static Long orNull(String parameter, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("'" + parameter + "' is below zero: " + number
                    + ". Set it to a number from 1 on, or leave it out to keep the certificate's own");
        }
        return number == 0 ? null : number;
    }

    /** Without the name, one certificate would be written over another. */
    private void requireNames() {
        if (storeAs != null && !storeAs.contains(NamePattern.NAME)) {
            throw lacksName("storeAs", storeAs);
        }
        if (keyFile != null && !keyFile.contains(NamePattern.NAME)) {
            throw lacksName("keyFile", keyFile);
        }
    }

    private static IllegalArgumentException lacksName(String parameter, String value) {
        return new IllegalArgumentException("With several certificates, '" + parameter
                + "' must contain {name}, or one would be written over another: it is '" + value
                + "'. Write for example " + ("storeAs".equals(parameter) ? "{name}" : "{name}-" + value));
    }

    CertificateSelection selection() {
        return selection;
    }

    boolean isForSeveral() {
        return selection.isForSeveral();
    }

    /** Returns what the engine has to know. */
    RotationSettings settings() {
        return new RotationSettings(dueRule(), force, atTermEnd, force, dryRun, newKey, null, changes, deadline());
    }

    boolean isForced() {
        return force;
    }

    Instant deadline() {
        return Instant.ofEpochMilli(deadline);
    }

    DueRule dueRule() {
        return Parameter.read("due", () -> DueRule.parse(due));
    }

    /** Returns the id that builds find the certificate with this name by; null where none is asked for. */
    @CheckForNull
    String credentialId(String certificateName) {
        return NamePattern.fillIfGiven(storeAs, certificateName);
    }

    /** Returns the file that gets the key of the certificate with this name; null where none is asked for. */
    @CheckForNull
    String keyFile(String certificateName) {
        return NamePattern.fillIfGiven(keyFile, certificateName);
    }

    /** Returns what the workspace has of the certificate with this name. */
    WorkspaceCopy workspaceCopy(StepContext context, String certificateName) {
        return new WorkspaceCopy(context, delivery(certificateName), keyFile(certificateName));
    }

    /** Returns the delivery with the certificate's name in the names of its files and its credential. */
    Delivery delivery(String certificateName) {
        return delivery.forCertificate(certificateName);
    }

    /** @throws IllegalArgumentException if files of several certificates would have the same names */
    void checkNames(StepContext context) throws IOException, InterruptedException {
        if (isForSeveral() && context.get(FilePath.class) != null && !delivery.hasNamesInPaths()) {
            throw lacksName("fileNames", delivery.fileNames());
        }
    }

    /** @throws IllegalArgumentException if the job may not order this certificate so */
    void requireGrant(JobAccess access, IssuedCertificate current) {
        access.requireOrder(current.data(), newKey.furtherNames(), changes, false);
    }

    boolean renewsAtTermEnd() {
        return atTermEnd == AtTermEnd.RENEW;
    }

    /**
     * Returns how many renewals the account may order.
     *
     * @throws IllegalArgumentException if the job may not renew this certificate
     */
    int renewals(JobAccess access, IssuedCertificate current) {
        return access.requireRenewal(current.data(), newKey.furtherNames(), changes);
    }

    /**
     * All that can be checked before there is a key.
     *
     * @throws IOException with a message for the user if an option asks for what there is not
     */
    void check(StepContext context, IssuedCertificate current) throws IOException, InterruptedException {
        String certificateName = current.data().name();
        delivery(certificateName).check(context, current);
        if (keyFile != null) {
            KeyFiles.check(context.get(FilePath.class), NamePattern.fill(keyFile, certificateName));
        }
    }

    /** Tells where the certificate with this name goes, for people. */
    List<String> targets(String certificateName) {
        return Stream.of(
                        storeAs == null ? null : "the credential '" + NamePattern.fill(storeAs, certificateName) + "'",
                        keyFile == null ? null : "the file " + NamePattern.fill(keyFile, certificateName))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Returns the key as a file, if that is asked for.
     *
     * @return its path in the workspace; null for none
     */
    @CheckForNull
    String writeKey(StepContext context, String certificateName, PrivateKey key, Consumer<String> log)
            throws IOException, InterruptedException {
        if (keyFile == null) {
            return null;
        }
        String path = NamePattern.fill(keyFile, certificateName);
        KeyFiles.write(context.get(FilePath.class), path, keepPrevious, key, log);
        return path;
    }
}
