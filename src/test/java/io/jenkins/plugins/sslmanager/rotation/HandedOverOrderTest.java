package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OpenOrders;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** An order that an administrator gives to another job while a build waits for its certificate. */
class HandedOverOrderTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);

    HandedOverOrderTest() {
        super(JOB_DELAY);
    }

    @Test
    void theOtherJobDeliversItsCertificateAndTheFirstOneDoesNot() throws Exception {
        Builds builds = new Builds(jenkins);
        long id = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
        WorkflowRun first = builds.waiting(builds.job(rotate(id, "first")));
        WorkflowJob other = builds.job(rotate(id, "other"));
        Order order = OpenOrders.of(first.getParent()).get(0);
        PrivateKey key = OpenOrders.key(first.getParent());

        HtmlForm form = jenkins.createWebClient()
                .goTo("manage/ssl-manager-orders/order/" + order.id() + "/")
                .getFormByName("handOver");
        form.getInputByName("job").setValue(other.getFullName());
        form.getInputByName("confirmed").setChecked(true);
        jenkins.submit(form);
        WorkflowRun second = other.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Going on with the order of an earlier run", second);
        fixture.letTimePass(JOB_DELAY);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(first));
        jenkins.assertLogContains("has changed meanwhile", first);
        KeyStores.Entry stored = StoredCertificates.entry("other");
        assertEquals(key, stored.key());
        KeyStores.requirePair(stored.key(), stored.leaf());
        assertNull(StoredCertificates.find("first"));
        assertEquals(List.of(), OpenOrders.of(other));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    private static String rotate(long certificateId, String credential) {
        return "sslRotateCertificate certificates: %d, keyAlgorithm: 'EC_P256', due: '99%%', storeAs: '%s'"
                .formatted(certificateId, credential);
    }
}
