package io.jenkins.plugins.sslmanager.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs may do by an account's grants: at the beginning of a step, and again before an order. */
class GrantedJobsTest extends GrantsOverBothProtocols {

    @ParameterizedTest
    @ValueSource(strings = {"sslCertificateInfo", "sslRotateCertificate", "sslReissue", "sslAwaitNotification"})
    void accountWithoutGrantsIsForNobody(String step) throws Exception {
        grant();
        String arguments =
                switch (step) {
                    case "sslReissue" -> " certificate: " + id + ", csr: '''" + SandboxFixture.csr(NAME) + "'''";
                    case "sslAwaitNotification" -> " jobId: 1";
                    case "sslRotateCertificate" -> " certificates: " + id + ", storeAs: 'www'";
                    default -> " certificate: " + id;
                };
        builds.failure(builds.job(step + arguments), "This job may not use an SSL Manager account." + ADMINISTRATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "there-is-none"})
    void jobIsNotToldWhetherThereIsAnAccountThatItMayNotUse(String account) throws Exception {
        grant(row("team", NAME, Purpose.ORDER));
        builds.failure(
                builds.job(read + ", account: '" + account + "'"),
                "There is no SSL Manager account '" + account + "' that this job may use." + ADMINISTRATOR);
    }

    @Test
    void grantOfAFolderIsForTheJobsInItAlone() throws Exception {
        grant(row("team", NAME, Purpose.ORDER));
        builds.success(builds.job(jenkins.createProject(Folder.class, "team"), rotate));
        builds.failure(
                builds.job(jenkins.createProject(Folder.class, "team2"), rotate),
                "This job may not use an SSL Manager account.");
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void whoMayReadMayNotOrder() throws Exception {
        grant(row("team", NAME, Purpose.READ));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = builds.job(team, read);
        builds.success(job);
        job.setDefinition(new CpsFlowDefinition(rotate, true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME + ") by SSL Manager account 'test'."
                        + ADMINISTRATOR);
        job.setDefinition(new CpsFlowDefinition(
                "sslPrepareOrder product: 'SSL', csr: '''" + SandboxFixture.csr(NAME) + "'''", true));
        builds.failure(job, "This job may order no certificate by SSL Manager account 'test'." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void otherCertificateIsRefusedAndNotNamed() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        for (String step : List.of("sslCertificateInfo certificate: " + other, rotate.replace("" + id, "" + other))) {
            job.setDefinition(new CpsFlowDefinition(step, true));
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains(
                    "ERROR: This job may not get certificate " + other + " by SSL Manager account 'test'."
                            + ADMINISTRATOR,
                    build);
            jenkins.assertLogNotContains("pay.example.net", build);
        }
        assertEquals(0, fixture.sandbox.orders("pay.example.net"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslReissue certificate: %d, csr: '''%s'''",
                "sslRotateCertificate certificates: '%d', storeAs: 'x'"
            })
    void openOrderOfAnotherJobIsNotNamedEither(String step) throws Exception {
        grant(row("owner", "pay.example.net", Purpose.ORDER), row("guesser", NAME, Purpose.ORDER));
        WorkflowJob owner = builds.job("owner", rotate.replace("" + id, "" + other));
        fixture.hold(Task.REISSUE, other);
        WorkflowRun ordering = owner.scheduleBuild2(0).waitForStart();
        fixture.awaitHeldRequest();

        WorkflowJob guesser = builds.job("guesser", step.formatted(other, SandboxFixture.csr(NAME)));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, guesser);

        jenkins.assertLogContains("This job may not get certificate " + other, build);
        jenkins.assertLogNotContains("pay.example.net", build);
        fixture.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(ordering));
    }

    @Test
    void outcomeOfAGuessedJobIsNotTold() throws Exception {
        builds.success(builds.job(rotate));
        fixture.orderElsewhere(other, protocol, "pay.example.net");
        long guessed = lastJob();
        grant(row("guesser", NAME, Purpose.ORDER));
        WorkflowJob guesser = jenkins.createProject(WorkflowJob.class, "guesser");
        guesser.setDefinition(new CpsFlowDefinition("sslAwaitNotification " + guessed, true));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, guesser);
        jenkins.assertLogContains("This job may not get certificate", build);
        jenkins.assertLogNotContains("pay.example.net", build);
    }

    /** Jobs are numbered one after the other. */
    private static long lastJob() {
        return Orders.get().book().ended().latest(1).get(0).jobId() + 1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contacts | adminContactId: 4711 | other contacts",
                "product | product: 'BASIC_SSL' | another product, term or software",
                "product | software: 'NGINX' | another product, term or software",
                "product | lifetimeMonths: 6 | another product, term or software",
                "names | names: 'shop.example.com' | the additional names [shop.example.com]",
            })
    void orderTakesTheCertificateAsItIsUnlessTicked(String tick, String option, String what) throws Exception {
        Grant row = row("job", "www.example.com, shop.example.com", Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(rotate + ", dryRun: true, " + option, true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME
                        + ") by SSL Manager account 'test', at least not with " + what + "." + ADMINISTRATOR);
        row.setContacts(tick.equals("contacts"));
        row.setProduct(tick.equals("product"));
        row.setAdditionalNames(tick.equals("names"));
        builds.success(job);
    }

    @Test
    void namesAreLeftOutOnlyWhereTicked() throws Exception {
        long two = fixture.sandbox.addCertificate("two.example.com", AuthMethod.DNS, "old.example.com");
        Grant row = row("job", "two.example.com", Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(
                new CpsFlowDefinition(rotate.replace("" + id, "" + two) + ", removeNames: 'old.example.com'", true));
        builds.failure(
                job,
                "This job may not order certificate " + two
                        + " (two.example.com) by SSL Manager account 'test', at least"
                        + " not with names of the certificate left out." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders("two.example.com"));
        row.setRemovedNames(true);
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders("two.example.com"));
    }

    @Test
    void csrOfSomebodyElseIsRefusedUnlessTicked() throws Exception {
        Grant row = row("job", NAME, Purpose.ORDER);
        grant(row);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "sslReissue certificate: " + id + ", csr: '''" + SandboxFixture.csr(NAME) + "'''", true));
        builds.failure(
                job,
                "This job may not order certificate " + id + " (" + NAME
                        + ") by SSL Manager account 'test', at least not"
                        + " with a CSR that the plugin has not made for it." + ADMINISTRATOR);
        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(List.of(), Orders.get().book().openOrders());
        row.setOtherCsr(true);
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void csrOfThePluginForThisJobNeedsNoTick() throws Exception {
        grant(row("job", NAME, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(reissue, true));
        builds.success(job);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void rowForANumberCountsWhenTheCertificateHasAnotherOne() throws Exception {
        long given = fixture.sandbox.addCertificate("new-id.example.com", AuthMethod.DNS);
        grant(row("job", "" + given, Purpose.ORDER));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(
                "def now = sslRotateCertificate certificates: " + given
                        + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'new'\n"
                        + "sslCertificateInfo now.certificates[0].certificateId\nassert now.certificates[0].certificateId != "
                        + given,
                true));
        builds.success(job);
    }
}
