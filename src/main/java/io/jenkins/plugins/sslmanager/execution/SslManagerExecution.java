package io.jenkins.plugins.sslmanager.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.orders.JobCertificates;
import io.jenkins.plugins.sslmanager.orders.Orders;
import io.jenkins.plugins.sslmanager.orders.RunsAtWork;
import java.io.IOException;
import java.io.Serial;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A step that holds no thread while the service works. What is persisted are names and ids; after a restart the work begins
 * again from these, and from what {@link #work} has kept in fields of its own.
 */
public abstract class SslManagerExecution extends BackgroundExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String account;

    @CheckForNull
    private final String credentialsId;

    /** Of the account, from the step's beginning on, so that neither a rename nor another account changes what it works with. */
    @CheckForNull
    private String accountId;

    /** No other execution in this Jenkins has the same id, and a restart does not change it. */
    private final String id = UUID.randomUUID().toString();

    protected SslManagerExecution(
            @CheckForNull String account, @CheckForNull String credentialsId, StepContext context) {
        super(context);
        this.account = account;
        this.credentialsId = credentialsId;
    }

    /**
     * Begins or goes on with the work; may block for a moment, for the store of credentials or the workspace.
     *
     * @return the step's result, of simple serialisable values
     */
    protected abstract CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException;

    /** Names a part of this step as the one that works. */
    protected final Holder holder(String part) {
        return Orders.holder(build(), id + "/" + part);
    }

    /**
     * Finds the number of the certificate that the step names, which an abort of the build ends.
     *
     * @return fails as {@link io.jenkins.plugins.sslmanager.engine.rotation.NamedCertificates#number}
     */
    protected final CompletableFuture<Long> number(AccountAccess access, CertificateReference certificate) {
        return abortable(JobCertificates.of(access).number(certificate));
    }

    /** Returns the number that a certificate has had since its last re-issue. */
    protected static long current(AccountAccess access, long certificateId) {
        return Orders.get()
                .book()
                .current(new CertificateId(access.system(), certificateId))
                .number();
    }

    @Override
    public boolean start() {
        try {
            accountId = UsableAccounts.idFor(build().getParent(), account);
            resume();
        } catch (IllegalArgumentException e) {
            finish(null, e);
        }
        return false;
    }

    @Override
    public void onResume() {
        resume();
    }

    private void resume() {
        inBackground(() -> work(AccountAccess.of(build(), accountId(), credentialsId, Orders.get()), holder("step")));
    }

    /** What waits here ends with its build, however that ends. */
    private void work(AccountAccess access, Holder whole) throws IOException, InterruptedException {
        RunsAtWork.get().begins(whole, build(), this::endAll);
        try {
            work(access).whenComplete((result, failure) -> {
                RunsAtWork.get().ends(whole);
                finish(result, failure);
            });
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            RunsAtWork.get().ends(whole);
            throw e;
        }
    }

    /** The state of a build from before accounts had ids has a name alone. */
    private String accountId() {
        String known = accountId;
        return known == null ? UsableAccounts.idFor(build().getParent(), account) : known;
    }
}
