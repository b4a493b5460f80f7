package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.orders.OrderSupervisor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose queues are taken to be this Jenkins' alone. */
@WithJenkins
class QueuePoliciesTest {

    private final SandboxFixture fixture = new SandboxFixture(Duration.ZERO);
    private final SslManagerAccount account = fixture.account(SandboxFixture.ACCOUNT, 4, "ssl-manager");

    private JenkinsRule jenkins;
    private String identity;

    @BeforeEach
    void setUpExclusiveAccount(JenkinsRule rule) throws Exception {
        jenkins = rule;
        fixture.setUpAccount();
        account.setQueuePolicy(QueuePolicy.EXCLUSIVE);
        SslManagerConfiguration.get().setAccounts(List.of(account));
        identity = AccountAccess.ofAdministrator(account).identity();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anAccountThatIsGoneTakesNoMessages() {
        assertEquals(Map.of(identity, QueuePolicy.EXCLUSIVE), Inboxes.get().policies());

        SslManagerConfiguration.get().setAccounts(List.of());

        assertEquals(Map.of(identity, QueuePolicy.SHARED), Inboxes.get().policies());
    }

    @Test
    void accountThatIsGoneLeavesTheQueueOfAnotherAsItIs() throws Exception {
        SandboxFixture.addCredentials("other", "somebody-else", CredentialsScope.GLOBAL, "any");
        SslManagerAccount other = fixture.account("Other", 4, "other");
        other.setQueuePolicy(QueuePolicy.EXCLUSIVE);
        String identityOfOther = AccountAccess.ofAdministrator(other).identity();
        SslManagerConfiguration.get().setAccounts(List.of(account, other));

        SslManagerConfiguration.get().setAccounts(List.of(other));

        assertEquals(
                Map.of(identity, QueuePolicy.SHARED, identityOfOther, QueuePolicy.EXCLUSIVE),
                Inboxes.get().policies());
    }

    @Test
    void accountThatIsGoneLeavesTheQueueToAnotherOfTheSameUser() {
        SslManagerAccount second = fixture.account("Second", 4, "ssl-manager");
        second.setQueuePolicy(QueuePolicy.EXCLUSIVE);
        SslManagerConfiguration.get().setAccounts(List.of(account, second));

        SslManagerConfiguration.get().setAccounts(List.of(second));

        assertEquals(Map.of(identity, QueuePolicy.EXCLUSIVE), Inboxes.get().policies());
    }

    /** Jenkins says nothing of credentials that come later than their account. */
    @Test
    void supervisorHasAQueueReadAsItsPolicySaysOnceThatIsPossible() throws Exception {
        SslManagerConfiguration.get().setAccounts(List.of());
        List<Credentials> all = SystemCredentialsProvider.getInstance().getCredentials();
        List<Credentials> kept = List.copyOf(all);
        all.clear();
        SslManagerConfiguration.get().setAccounts(List.of(account));
        assertEquals(Map.of(identity, QueuePolicy.SHARED), Inboxes.get().policies());
        all.addAll(kept);

        supervise();

        until(() -> Inboxes.get().policies().get(identity) == QueuePolicy.EXCLUSIVE);
    }

    @Test
    void supervisorForgetsThePasswordOfAnAccountThatIsGone() {
        SslManagerAccount gone = SslManagerConfiguration.get().getAccounts().get(0);
        Object before = AccountAccess.ofAdministrator(gone).reader().get().signIn();
        assertSame(before, AccountAccess.ofAdministrator(gone).reader().get().signIn());

        SslManagerConfiguration.get().setAccounts(List.of());
        supervise();

        until(() -> AccountAccess.ofAdministrator(gone).reader().get().signIn() != before);
    }

    private static void until(BooleanSupplier seen) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!seen.getAsBoolean()) {
                Thread.onSpinWait();
            }
        });
    }

    private static void supervise() {
        ExtensionList.lookupSingleton(OrderSupervisor.class).doRun();
    }

    @Test
    void aUserThatABuildBringsAlongIsSharedWhateverTheAccountSays() throws Exception {
        SandboxFixture.addCredentials("other", "somebody-else", CredentialsScope.GLOBAL, "any");
        WorkflowRun build =
                new Builds(jenkins).start("sslAwaitNotification jobId: 4711, credentialsId: 'other', timeout: '1h'");
        jenkins.waitForMessage("Waiting for job 4711", build);
        until(() -> Inboxes.get().policies().size() == 2);

        String other = identity.replaceFirst("^\\S+", "somebody-else");
        assertEquals(
                Map.of(identity, QueuePolicy.EXCLUSIVE, other, QueuePolicy.SHARED),
                Inboxes.get().policies());
        build.doStop();
        jenkins.waitForCompletion(build);
    }
}
