package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.QueueItemAuthenticatorDescriptor;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** As whom a build writes to a store of credentials, and what that user may. */
class CredentialPermissionTest extends OverBothProtocols {

    private static final String USER = "builder";

    private final long certificateId = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS, "example.com");

    private final Builds builds = new Builds(jenkins);
    private Folder team;

    CredentialPermissionTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void setUp() throws Exception {
        team = jenkins.createProject(Folder.class, "team");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        grantInTeam(Item.READ);
    }

    @Test
    void withoutPermissionNothingIsStored() throws Exception {
        WorkflowJob job = builds.job(team, ReissueScript.script("built-in", certificateId, ", storeAs: 'www'"));
        runAsBuilder(job);
        builds.failure(
                job,
                "storeAs: this build runs as builder, who lacks the permission Credentials/Create in the store of team, and"
                        + " so cannot store 'www'. Have an administrator grant it, or choose another store by 'storeIn'");
        assertEquals(0, stored());
        assertEquals(0, jenkins.jenkins.getWorkspaceFor(job).list("leaf.pem").length, "and no file is written");
    }

    @Test
    void creatingAndReplacingArePermissionsOfTheirOwnAndSeeingIsNotNeeded() throws Exception {
        WorkflowJob job = builds.job(team, ReissueScript.script("built-in", certificateId, ", storeAs: 'www'"));
        runAsBuilder(job);
        grantInTeam(CredentialsProvider.CREATE);
        builds.success(job);
        builds.failure(
                job,
                "storeAs: this build runs as builder, who lacks the permission Credentials/Update in the store of team");
        grantInTeam(CredentialsProvider.UPDATE);
        builds.success(job);
        assertEquals(1, stored());
    }

    @Test
    void permissionInAFolderIsNoneForJenkinsItself() throws Exception {
        WorkflowJob job =
                builds.job(team, ReissueScript.script("built-in", certificateId, ", storeAs: 'www', storeIn: '/'"));
        runAsBuilder(job);
        grantInTeam(CredentialsProvider.CREATE);
        builds.failure(
                job,
                "storeAs: this build runs as builder, who lacks the permission Credentials/Create in Jenkins' own store");
    }

    @Test
    void whoeverStartedTheBuildCountsWhereBuildsRunAsThem() throws Exception {
        WorkflowJob job = builds.job(team, ReissueScript.script("built-in", certificateId, ", storeAs: 'www'"));
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new AsStarter());
        WorkflowRun build = jenkins.assertBuildStatus(
                Result.FAILURE, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(USER))));
        jenkins.assertLogContains(
                "storeAs: this build runs as builder, who lacks the permission Credentials/Create", build);
        assertEquals(0, stored());
    }

    private void runAsBuilder(WorkflowJob job) {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById(USER, true).impersonate2()));
    }

    private void grantInTeam(Permission permission) {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Computer.BUILD, Item.READ)
                .everywhere()
                .to(USER)
                .grant(permission)
                .onFolders(team)
                .to(USER));
    }

    private int stored() {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return CredentialsProvider.lookupStores(team)
                    .iterator()
                    .next()
                    .getCredentials(Domain.global())
                    .size();
        }
    }

    /** Knows who it is from the cause of a build alone, as "Run as User who Triggered Build" does. */
    public static final class AsStarter extends QueueItemAuthenticator {

        @Override
        public Authentication authenticate2(Queue.Item item) {
            List<Cause> causes = item.getCauses();
            return causes.stream()
                    .filter(Cause.UserIdCause.class::isInstance)
                    .map(cause -> User.getById(((Cause.UserIdCause) cause).getUserId(), true)
                            .impersonate2())
                    .findFirst()
                    .orElse(null);
        }

        @TestExtension
        public static final class DescriptorImpl extends QueueItemAuthenticatorDescriptor {}
    }
}
