package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsProvider;
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
import java.util.stream.StreamSupport;
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
    private static final String ROTATION =
            "sslRotateCertificate certificates: %d, keyAlgorithm: 'EC_P256', storeAs: 'www'";
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
            script(scm, "master", ROTATION.formatted(id));
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

    @Test
    void changeRequestIsShownNothingOnceNoGrantSaysSo() throws Exception {
        grant(Visibility.JOB, true);
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository(REPOSITORY);
            script(scm, "master", ROTATION.formatted(id));
            int number = scm.openChangeRequest(REPOSITORY, "master");
            script(scm, "master", USE);
            WorkflowMultiBranchProject project = project("team", scm);
            WorkflowJob request = Objects.requireNonNull(project.getItem("CR-" + number));
            jenkins.assertBuildStatusSuccess(request.getLastBuild());
            assertFinds(true, request);
            assertThat(stores(request), hasItem("VaultStore"));

            grant(Visibility.JOB, false);
            assertFinds(false, request);
            assertThat(stores(request), not(hasItem("VaultStore")));
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

    private static List<String> stores(WorkflowJob job) {
        return StreamSupport.stream(CredentialsProvider.lookupStores(job).spliterator(), false)
                .map(store -> store.getClass().getSimpleName())
                .toList();
    }

    private static void assertFinds(boolean expected, WorkflowJob... jobs) {
        for (WorkflowJob job : jobs) {
            assertEquals(expected, StoredCertificates.find(job, "www") != null, job.getFullName());
        }
    }
}
