package io.jenkins.plugins.sslmanager.orders;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What those who may see a job see of its orders. */
@WithJenkins
class JobOrdersTest {

    private static final String PAGE = "job/mine/ssl-manager-orders/";

    private static JenkinsRule jenkins;
    private static FreeStyleBuild build;
    private static FreeStyleProject mine;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        mine = rule.createFreeStyleProject("mine");
        build = PlacedOrders.startBuild(mine);
        FreeStyleProject foreign = rule.createFreeStyleProject("foreign-job");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("developer", "stranger")
                .grant(Item.READ)
                .onItems(mine)
                .to("developer")
                .grant(Jenkins.ADMINISTER)
                .onItems(foreign)
                .to("somebody"));
    }

    @AfterEach
    void emptyTheBook() {
        PlacedOrders.giveAllUp();
    }

    /** The extension stops no Jenkins that is for a whole class. */
    @AfterAll
    static void stopJenkins() throws Exception {
        build.doStop();
        jenkins.waitForCompletion(build);
        jenkins.after();
    }

    @Test
    void theOwnOrdersAreThereAndNobodyElses() throws Exception {
        PlacedOrders.ordered("mine", 4711, "www.example.com");
        PlacedOrders.delivered("mine", 4712, "mail.example.com");
        PlacedOrders.ordered("foreign-job", 4713, "foreign.example.com");
        PlacedOrders.delivered("foreign-job", 4714, "secret.example.com");

        for (String path : List.of(PAGE, PAGE + "api/json?depth=9")) {
            String content = get("developer", path).getWebResponse().getContentAsString();
            assertThat(content, containsString("www.example.com"));
            assertThat(content, containsString("job 9218001 at InterNetX"));
            assertThat(content, containsString("mail.example.com"));
            assertThat(content, not(containsString("foreign-job")));
            assertThat(content, not(containsString("secret.example.com")));
            assertThat("The account is for administrators", content, not(containsString("production")));
        }
    }

    @Test
    void anOrderThatWasHandedOverDoesNotTellTheJobBefore() throws Exception {
        Order order = PlacedOrders.ordered("foreign-job", 4711, "www.example.com");
        PlacedOrders.book()
                .handOver(order.id(), new Owner("mine", order.owner().startedBy() + "; handed over by admin"));

        String content = get("developer", PAGE).getWebResponse().getContentAsString();

        assertThat(content, containsString("handed over by admin"));
        assertThat(content, not(containsString("foreign-job")));
    }

    @Test
    void nothingCanBeChangedThere() throws Exception {
        Order order = PlacedOrders.ordered("mine", 4711, "www.example.com");
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        assertThat(
                client.login("developer").goTo(PAGE).querySelectorAll("#main-panel form, #main-panel td a"),
                hasSize(1)); // its build
        assertEquals(
                404,
                get("developer", PAGE + "order/" + order.id() + "/")
                        .getWebResponse()
                        .getStatusCode());
    }

    @Test
    void whoeverMaySeeTheJobSeesThem() throws Exception {
        PlacedOrders.ordered("mine", 4711, "www.example.com");
        assertEquals(200, get("developer", PAGE).getWebResponse().getStatusCode());
        assertEquals(404, get("stranger", PAGE).getWebResponse().getStatusCode());
        assertEquals(404, get("stranger", PAGE + "api/json").getWebResponse().getStatusCode());
        assertEquals(403, get(null, PAGE).getWebResponse().getStatusCode());
        assertEquals(
                404,
                get("developer", "job/foreign-job/ssl-manager-orders/")
                        .getWebResponse()
                        .getStatusCode());
    }

    @Test
    void aJobLeadsThereIfItHasOrdered() throws Exception {
        FreeStyleProject idle = jenkins.createFreeStyleProject("idle");
        assertNull(idle.getAction(JobOrders.class).getIconFileName());
        PlacedOrders.ordered("idle", 4711, "www.example.com");
        assertEquals(OrdersPage.ICON, idle.getAction(JobOrders.class).getIconFileName());
    }

    private Page get(String user, String path) throws Exception {
        JenkinsRule.WebClient client =
                jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
        if (user == null) {
            // Else it is led to the login page.
            client.addRequestHeader("X-Requested-With", "XMLHttpRequest");
            return client.goTo(path, null);
        }
        return client.login(user).goTo(path, null);
    }
}
