package io.jenkins.plugins.sslmanager.orders;

import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.book;
import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.now;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.net.URL;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an administrator sees of the order book, and can do about an order. */
@WithJenkins
class OrdersPageTest {

    private static final String PAGE = "manage/ssl-manager-orders/";
    private static final String NAME = "www.example.com";

    private static JenkinsRule jenkins;
    private static FreeStyleBuild build;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job =
                rule.createProject(MockFolder.class, "team").createProject(FreeStyleProject.class, "rotate");
        build = PlacedOrders.startBuild(job);
        for (Permission permission : List.of(Jenkins.MANAGE, Jenkins.SYSTEM_READ)) {
            permission.setEnabled(true);
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("manager"));
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
    void openAndEndedOrdersAreThere() throws Exception {
        PlacedOrders.ordered("team/rotate", 4711, NAME);
        PlacedOrders.delivered("team/rotate", 4712, "mail.example.com");
        book().giveUp(
                        PlacedOrders.ordered("team/rotate", 4713, "old.example.com")
                                .id(),
                        "Nobody wants it");

        HtmlPage page = client("admin").goTo(PAGE);
        String text = page.asNormalizedText();
        for (String part : List.of(
                NAME,
                "4711, live",
                "Accepted by InterNetX",
                "job 9218001 at InterNetX",
                "production",
                "team » rotate",
                "#1",
                "Started by user <b>alice</b>",
                "mail.example.com",
                "Delivered",
                "old.example.com",
                "Given up",
                "Nobody wants it")) {
            assertThat(text, containsString(part));
        }
        for (String name : List.of(NAME, "mail.example.com", "old.example.com")) {
            assertThat(
                    page.getByXPath("//tr[contains(., '" + name + "')]//a[contains(@href, '/job/team/job/rotate/1/')]"),
                    not(empty()));
        }
    }

    @Test
    void whatAnOrderWaitsForIsThere() throws Exception {
        PlacedOrders.prepared("team/rotate", 1, "1.example.com");
        PlacedOrders.released(PlacedOrders.prepared("team/rotate", 2, "2.example.com"));
        PlacedOrders.sent("team/rotate", 3, "3.example.com");
        book().advance(
                        book().advance(PlacedOrders.sent("team/rotate", 4, "4.example.com"), Order::notSeen),
                        Order::notSeen);
        PlacedOrders.released(PlacedOrders.ordered("team/rotate", 5, "5.example.com"));
        PlacedOrders.released(PlacedOrders.orderedWithoutKey("team/rotate", 6, "6.example.com"));
        PlacedOrders.issued("team/rotate", 7, "7.example.com");
        PlacedOrders.released(PlacedOrders.issued("team/rotate", 8, "8.example.com"));
        book().advance(PlacedOrders.sent("team/rotate", 9, "9.example.com"), order -> order.accepted(0));

        List<OrderRow> open = new OrdersPage().getOpen();
        assertEquals(
                List.of(
                        "its build, to order",
                        "the next build of its job, to order",
                        "InterNetX's answer",
                        "in doubt: not found in 2 looks in a row",
                        "job 9218001 at InterNetX, then the next build of its job, to deliver",
                        "job 9218001 at InterNetX",
                        "its build, to deliver",
                        "the next build of its job, to deliver",
                        "its certificate from InterNetX"),
                open.stream().map(OrderRow::getWaitsFor).toList());
    }

    @Test
    void aPersonGivesAnOrderUp() throws Exception {
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        HtmlPage page = client("admin").goTo(page(order));
        assertThat(
                page.querySelectorAll("#main-panel a.confirmation-link[data-url=giveUp][data-post=true]"), hasSize(1));

        assertEquals(200, post("admin", page(order) + "giveUp").getWebResponse().getStatusCode());

        assertEquals(Stage.GIVEN_UP, now(order).stage());
        assertEquals("Given up by admin on the orders page", now(order).remark());
        assertTrue(book().openFor(order.certificate()).isEmpty());
        assertTrue(
                book().keys()
                        .find(order.request().publicKeySha256(), "team/rotate")
                        .isPresent(),
                "Its certificate may still come");
        assertThrows(OrderBookException.class, () -> book().advance(order, Order::delivered));
        assertThat(
                client("admin").goTo(PAGE).asNormalizedText(), containsString("Given up by admin on the orders page"));
        assertThat(
                client("admin").goTo(page(order)).querySelectorAll("#main-panel a.confirmation-link, #main-panel form"),
                hasSize(0));
    }

    @Test
    void anOrderThatHasEndedMeanwhileIsLeftAsItIs() throws Exception {
        Order order = PlacedOrders.delivered("team/rotate", 4711, NAME);

        Page answer = post("admin", page(order) + "giveUp");

        assertEquals(400, answer.getWebResponse().getStatusCode());
        assertThat(answer.getWebResponse().getContentAsString(), containsString("There is no open order"));
        assertEquals(Stage.DELIVERED, now(order).stage());
    }

    @Test
    void aPersonHandsAnOrderOver() throws Exception {
        jenkins.createFreeStyleProject("other");
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        HtmlForm form =
                jenkins.createWebClient().login("admin").goTo(page(order)).getFormByName("handOver");
        form.getInputByName("job").setValue("other");
        form.getInputByName("confirmed").setChecked(true);

        jenkins.submit(form);

        Order now = now(order);
        assertEquals("other", now.owner().job());
        assertEquals(
                "Started by user <b>alice</b>; handed over by admin",
                now.owner().startedBy());
        assertNull(now.holder());
        assertThrows(
                OrderBookException.class, () -> book().advance(order, Order::delivered), "The build before is out");
        assertThrows(OrderBookException.class, () -> book().take(now, PlacedOrders.build("team/rotate")));
        Order taken = book().take(now, PlacedOrders.build("other")).orElseThrow();
        assertEquals(PlacedOrders.KEYS.getPrivate(), book().key(taken));
        assertThat(client("admin").goTo(PAGE).asNormalizedText(), containsString("handed over by admin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job=%3Ci%3Enowhere&confirmed=on | There is no job '&lt;i>nowhere'",
                "job=team&confirmed=on | There is no job 'team'",
                "job=team/rotate | Confirm that the builds of the other job get the private key"
            })
    void whatCannotBeHandedOverStaysWhereItIs(String requestAndMessage) throws Exception {
        String[] parts = requestAndMessage.split(" \\| ");
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);

        Page answer = post("admin", page(order) + "handOver?" + parts[0]);

        assertEquals(400, answer.getWebResponse().getStatusCode());
        assertThat(answer.getWebResponse().getContentAsString(), containsString(parts[1]));
        assertEquals(order, now(order));
    }

    @Test
    void theBookIsForAdministratorsAlone() throws Exception {
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        for (String path : List.of(PAGE, PAGE + "api/json", page(order))) {
            assertEquals(403, get("manager", path).getWebResponse().getStatusCode(), path);
            assertEquals(403, get(null, path).getWebResponse().getStatusCode(), path);
        }
        for (String user : new String[] {"manager", null}) {
            assertEquals(
                    403, post(user, page(order) + "giveUp").getWebResponse().getStatusCode());
            assertEquals(
                    403,
                    post(user, page(order) + "handOver?job=team/rotate&confirmed=on")
                            .getWebResponse()
                            .getStatusCode());
        }
        assertEquals(order, now(order));
    }

    @Test
    void noLinkChangesAnything() throws Exception {
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        for (String action : List.of("giveUp", "handOver?job=team/rotate&confirmed=on")) {
            assertEquals(
                    404, get("admin", page(order) + action).getWebResponse().getStatusCode());
            WebRequest withoutCrumb = new WebRequest(new URL(jenkins.getURL(), page(order) + action), HttpMethod.POST);
            assertEquals(
                    403, session("admin").getPage(withoutCrumb).getWebResponse().getStatusCode());
        }
        assertEquals(order, now(order));
        assertEquals(404, get("admin", PAGE + "order/ffff/").getWebResponse().getStatusCode());
    }

    @Test
    void noPageAndNoApiTellsAKey() throws Exception {
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        book().giveUp(PlacedOrders.ordered("team/rotate", 4712, NAME).id(), "Nobody wants it");
        List<String> secrets = List.of(
                "BEGIN",
                order.sealedKey().substring(0, 40),
                lines(Pem.encode(PlacedOrders.KEYS.getPrivate())),
                lines(order.request().csr()),
                Base64.getEncoder()
                        .encodeToString(PlacedOrders.KEYS.getPrivate().getEncoded()));
        for (String path : List.of(
                PAGE,
                page(order),
                PAGE + "api/json?depth=9",
                PAGE + "api/xml?depth=9",
                "job/team/job/rotate/ssl-manager-orders/",
                "job/team/job/rotate/ssl-manager-orders/api/json?depth=9")) {
            String content = get("admin", path).getWebResponse().getContentAsString();
            assertThat(path, content, containsString("9218001"));
            for (String secret : secrets) {
                assertThat(path, content, not(containsString(secret)));
            }
        }
    }

    /** The first line of Base64 in a PEM, of which a bean would show all. */
    private static String lines(String pem) {
        return pem.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void theRemoteApiTellsWhatThePageTells() throws Exception {
        Order order = PlacedOrders.ordered("team/rotate", 4711, NAME);
        PlacedOrders.delivered("team/rotate", 4712, "mail.example.com");

        JSONObject all = JSONObject.fromObject(
                get("admin", PAGE + "api/json").getWebResponse().getContentAsString());
        JSONObject open = all.getJSONArray("open").getJSONObject(0);
        assertEquals(order.id(), open.getString("id"));
        assertEquals("ORDERED", open.getString("stage"));
        assertEquals("4711", open.getString("certificateId"));
        assertEquals("production", open.getString("account"));
        assertEquals("team/rotate", open.getString("job"));
        assertEquals("#1", open.getString("build"));
        assertEquals("job 9218001 at InterNetX", open.getString("waitsFor"));
        JSONObject ended = all.getJSONArray("ended").getJSONObject(0);
        assertEquals("DELIVERED", ended.getString("stage"));
        assertEquals("#1", ended.getString("build"));
        assertEquals("0B", ended.getString("serialNumber"));
    }

    private static String page(Order order) {
        return PAGE + "order/" + order.id() + "/";
    }

    private Page get(String user, String path) throws Exception {
        return session(user).getPage(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.GET));
    }

    private Page post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = session(user);
        return client.getPage(client.addCrumb(new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST)));
    }

    /** Signed in as a browser is, which needs a crumb. */
    private JenkinsRule.WebClient session(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        if (user == null) {
            // Else it is led to the login page.
            client.addRequestHeader("X-Requested-With", "XMLHttpRequest");
            return client;
        }
        return client.login(user);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }
}
