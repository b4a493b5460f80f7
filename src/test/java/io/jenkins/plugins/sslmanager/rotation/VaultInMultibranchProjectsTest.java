package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jenkins.branch.BranchSource;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;

/** What one branch has in the vault its project's branches find, and change requests do not. */
class VaultInMultibranchProjectsTest extends OverBothProtocols {

    private static final String REPOSITORY = "repository";
    private static final String USE =
            "node { withCredentials([certificate(credentialsId: 'www', keystoreVariable: 'STORE',"
                    + " passwordVariable: 'PASSWORD')]) { sh 'test -s \"$STORE\"' } }";

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    VaultInMultibranchProjectsTest() {
        super(Duration.ZERO);
    }

    private static void grant(Visibility visibility, boolean changeRequests) {
        Grant grant = SandboxFixture.everythingForEveryJob();
        grant.setVisibleTo(visibility);
        grant.setChangeRequests(changeRequests);
        SslManagerConfiguration.get().getAccounts().get(0).setGrants(List.of(grant));
    }

    private static void script(MockSCMController scm, String branch, String script) throws Exception {
        scm.addFile(REPOSITORY, branch, "Change", "Jenkinsfile", script.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void branchesFindItAndChangeRequestsOnlyByAGrant() throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository(REPOSITORY);
            script(scm, "master", USE);
            scm.createBranch(REPOSITORY, "feature");
            script(scm, "feature", USE);
            int number = scm.openChangeRequest(REPOSITORY, "master");
            script(
                    scm,
                    "master",
                    "sslRotateCertificate certificates: " + id + ", keyAlgorithm: 'EC_P256', storeAs: 'www'");
            WorkflowMultiBranchProject project = project("team", scm);
            jenkins.assertBuildStatusSuccess(project.getItem("master").getLastBuild());
            WorkflowJob feature = Objects.requireNonNull(project.getItem("feature"));
            WorkflowJob request = Objects.requireNonNull(project.getItem("CR-" + number));
            WorkflowMultiBranchProject other = project("other", scm);

            builds.success(feature);
            assertFinds(false, request, other.getItem("feature"), other.getItem("CR-" + number));
            jenkins.buildAndAssertStatus(Result.FAILURE, request);

            grant(Visibility.JENKINS, false);
            assertFinds(true, other.getItem("feature"));
            assertFinds(false, request, other.getItem("CR-" + number));

            grant(Visibility.JOB, true);
            assertFinds(true, feature, request);
            builds.success(request);
            assertFinds(false, other.getItem("feature"), other.getItem("CR-" + number));
            assertEquals(1, fixture.sandbox.orders("www.example.com"));
        }
    }

    /** After its branches have been built once. */
    private WorkflowMultiBranchProject project(String name, MockSCMController scm) throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, name);
        SCMSourceTrait[] all = {
            new MockSCMDiscoverBranches(), new MockSCMDiscoverChangeRequests(ChangeRequestCheckoutStrategy.HEAD)
        };
        project.getSourcesList().add(new BranchSource(new MockSCMSource(scm, REPOSITORY, all)));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        return project;
    }

    private static void assertFinds(boolean expected, WorkflowJob... jobs) {
        for (WorkflowJob job : jobs) {
            assertEquals(expected, StoredCertificates.find(job, "www") != null, job.getFullName());
        }
    }
}
