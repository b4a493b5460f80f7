package io.jenkins.plugins.sslmanager.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.console.ConsoleLogFilter;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.certificates.Deployment;
import io.jenkins.plugins.sslmanager.certificates.Deployments;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.Repeat;
import io.jenkins.plugins.sslmanager.engine.served.ServedReport;
import io.jenkins.plugins.sslmanager.engine.served.TlsEndpoint;
import io.jenkins.plugins.sslmanager.execution.BackgroundExecution;
import java.io.IOException;
import java.io.Serial;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A deployment: a look at the target, the block, and looks until the target serves the certificate. */
final class DeployCertificateExecution extends BackgroundExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Tests are less patient. */
    static Duration pause = Duration.ofSeconds(5);

    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What comes next, also after a restart. */
    private enum Stage {
        DECISION,
        /** Jenkins itself goes on with the block. */
        BLOCK,
        AFTER_BLOCK,
        VERIFICATION
    }

    private final String credentialsId;
    private final String target;
    private final ArrayList<TlsEndpoint> endpoints;
    private final Duration patience;
    private final boolean keyStore;

    /** Names the files of this step. */
    private final String id = UUID.randomUUID().toString();

    private volatile Stage stage = Stage.DECISION;

    /** Null unless the block has failed. */
    @CheckForNull
    private volatile Throwable blockFailure;

    /** What the target presented before the block. */
    private final ArrayList<String> before = new ArrayList<>();

    /** Of the certificate that the block has brought; null before the block. */
    @CheckForNull
    private volatile String sha256Fingerprint;

    /** Since when it has to be seen. */
    private volatile long verifyUntil;

    /**
     * @param endpoints where the certificate has to be seen; none if the success of the block counts
     * @param patience how long after the block
     * @param keyStore whether the block gets a key store, too
     */
    DeployCertificateExecution(
            String credentialsId,
            String target,
            List<TlsEndpoint> endpoints,
            Duration patience,
            boolean keyStore,
            StepContext context) {
        super(context);
        this.credentialsId = credentialsId;
        this.target = target;
        this.endpoints = new ArrayList<>(endpoints);
        this.patience = patience;
        this.keyStore = keyStore;
    }

    @Override
    public boolean start() {
        inBackground(this::decide);
        return false;
    }

    @Override
    public void onResume() {
        if (stage == Stage.DECISION) {
            inBackground(this::decide);
        } else if (stage == Stage.AFTER_BLOCK) {
            inBackground(this::blockOver);
        } else if (stage == Stage.VERIFICATION) {
            inBackground(this::verify);
        }
    }

    private void decide() throws IOException, InterruptedException {
        DeployableCertificate certificate = DeployableCertificate.of(build(), credentialsId);
        FlowNode node = getContext().get(FlowNode.class);
        Optional<Deployment> known = known();
        if (known.isPresent()) {
            TargetInUse.requireFree(known.get(), build(), node);
        }
        Optional<ServedReport> served = look(certificate.sha256Fingerprint());
        Optional<String> reason = reason(certificate, known, served);
        if (reason.isEmpty()) {
            Deployment seen = known.orElseThrow();
            served.ifPresent(report -> report.lines().forEach(this::log));
            served.ifPresent(report ->
                    Deployments.get().keep(seen.ended(Deployment.Outcome.DEPLOYED, report.lines(), Instant.now())));
            log("'" + target + "' has " + certificate.words() + " since "
                    + Objects.requireNonNull(seen.deployed(), "It has been deployed")
                            .since() + ". Nothing is left to do");
            finish(result(false), null);
            return;
        }
        log("Deploying " + certificate.words() + " to '" + target + "': " + reason.get());
        served.ifPresent(report -> before.addAll(report.lines()));
        beginBlock(certificate, known, node);
    }

    /** Why the block has to run; empty if it has not. */
    private static Optional<String> reason(
            DeployableCertificate certificate, Optional<Deployment> known, Optional<ServedReport> served) {
        if (known.isEmpty()) {
            return Optional.of("it has had none from this job yet");
        }
        Deployment last = known.get();
        if (last.has(certificate.sha256Fingerprint())) {
            return served.flatMap(ServedReport::fault);
        }
        return Optional.of(
                switch (last.outcome()) {
                    case DEPLOYED -> "it has another certificate yet";
                    case BEGUN -> "build #" + last.build() + " did not come to the end of it";
                    case FAILED -> "the block of build #" + last.build() + " failed";
                    case NOT_SERVED -> "it was not seen to serve it in build #" + last.build();
                });
    }

    private Optional<Deployment> known() {
        return Deployments.get().find(build().getParent().getFullName(), credentialsId, target);
    }

    private void beginBlock(DeployableCertificate certificate, Optional<Deployment> known, FlowNode node)
            throws IOException, InterruptedException {
        if (isStopped()) {
            return;
        }
        // On the disk before the block does anything, so that no build takes a target for done that may be half done.
        Deployments.get()
                .keep(Deployment.begun(
                        build(), node.getId(), credentialsId, target, certificate.leaf(), known, Instant.now()));
        Secret password = keyStore ? randomPassword() : null;
        Map<String, String> files =
                DeploymentFiles.write(getContext().get(FilePath.class), buildName(), id, certificate, password);
        sha256Fingerprint = certificate.sha256Fingerprint();
        stage = Stage.BLOCK;
        try {
            startBlock(files, password);
        } catch (IOException | RuntimeException e) {
            // Such as an abort meanwhile: no block will end, which would delete them.
            deleteFiles();
            ended(Deployment.Outcome.FAILED, List.of());
            throw e;
        }
    }

    private void startBlock(Map<String, String> files, @CheckForNull Secret password)
            throws IOException, InterruptedException {
        BodyInvoker block = getContext()
                .newBodyInvoker()
                .withContext(EnvironmentExpander.merge(
                        getContext().get(EnvironmentExpander.class), new BlockVariables(files, password)));
        if (password != null) {
            block.withContext(BodyInvoker.mergeConsoleLogFilters(
                    getContext().get(ConsoleLogFilter.class), new PasswordMask(password)));
        }
        block.withCallback(new Callback()).start();
    }

    private static Secret randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Secret.fromString(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private String buildName() {
        return Util.getDigestOf(build().getExternalizableId());
    }

    /** Also after a restart, since Jenkins tells the end of a block once. */
    private void blockOver() throws IOException, InterruptedException {
        deleteFiles();
        Throwable failure = blockFailure;
        if (failure != null) {
            ended(Deployment.Outcome.FAILED, List.of());
            finish(null, failure);
        } else if (endpoints.isEmpty()) {
            deployed(List.of());
        } else {
            stage = Stage.VERIFICATION;
            verifyUntil = Instant.now().plus(patience).toEpochMilli();
            saveState();
            verify();
        }
    }

    /** Files that cannot be deleted now are deleted by the next build in that workspace. */
    private void deleteFiles() throws InterruptedException {
        try {
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace == null) {
                throw new IOException("the agent is away");
            }
            DeploymentFiles.delete(workspace, buildName(), id);
        } catch (IOException e) {
            log("Warning: the files with the private key are still beside the workspace (" + e.getMessage()
                    + "). The next deployment in this workspace deletes them");
        }
    }

    private void verify() {
        Pauses pauses = Connections.get().pauses();
        CompletableFuture<Void> seen =
                abortable(Repeat.until(() -> CompletableFuture.supplyAsync(() -> inFuture(this::isOver), pool())
                                .thenCompose(over -> over
                                        ? CompletableFuture.completedFuture(Optional.of(over))
                                        : abortable(pauses.pause(pause)).thenApply(paused -> Optional.empty())))
                        .thenApply(over -> null));
        seen.whenComplete((over, failure) -> {
            if (failure != null) {
                finish(null, failure);
            }
        });
    }

    private boolean isOver() throws IOException, InterruptedException {
        ServedReport report = look(sha256Fingerprint).orElseThrow();
        Optional<String> fault = report.fault();
        if (fault.isEmpty()) {
            report.lines().forEach(this::log);
            deployed(report.lines());
            return true;
        }
        if (Instant.now().toEpochMilli() < verifyUntil) {
            return false;
        }
        report.lines().forEach(this::log);
        ended(Deployment.Outcome.NOT_SERVED, report.lines());
        throw new AbortException("'" + target + "' is not seen to serve the certificate within "
                + Durations.format(patience) + " after the block: " + fault.get()
                + (before.contains(fault.get())
                        ? ". The block has changed nothing there: have it put the files where the server reads them, and reload"
                                + " the server"
                        : "")
                + ". The next build runs the block again");
    }

    private Optional<ServedReport> look(@CheckForNull String fingerprint) throws IOException, InterruptedException {
        return endpoints.isEmpty()
                ? Optional.empty()
                : Optional.of(ServedLook.from(getContext().get(FilePath.class), fingerprint, endpoints));
    }

    private void deployed(List<String> lines) {
        ended(Deployment.Outcome.DEPLOYED, lines);
        log("'" + target + "' has it now");
        finish(result(true), null);
    }

    private void ended(Deployment.Outcome outcome, List<String> lines) {
        known().ifPresent(deployment -> Deployments.get().keep(deployment.ended(outcome, lines, Instant.now())));
    }

    private Map<String, Object> result(boolean ran) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("deployed", ran);
        result.put("target", target);
        return result;
    }

    @Override
    public String getStatus() {
        return switch (stage) {
            case DECISION -> "looking at '" + target + "'";
            case BLOCK, AFTER_BLOCK -> "deploying to '" + target + "'";
            case VERIFICATION -> "looking for the certificate at " + endpoints;
        };
    }

    /** Lies in the build's state together with its step. */
    private final class Callback extends BodyExecutionCallback {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            ended(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            ended(failure);
        }

        private void ended(@CheckForNull Throwable failure) {
            blockFailure = failure;
            stage = Stage.AFTER_BLOCK;
            saveState();
            inBackground(DeployCertificateExecution.this::blockOver);
        }
    }
}
