package io.jenkins.plugins.sslmanager.orders;

import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.book;
import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.build;
import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose orders are when jobs are renamed, moved and deleted. */
@WithJenkins
class OrderOwnershipTest {

    private JenkinsRule jenkins;
    private Folder team;
    private FreeStyleProject job;
    private Order open;
    private Order ended;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        team = rule.createProject(Folder.class, "team");
        job = team.createProject(FreeStyleProject.class, "rotate");
        PlacedOrders.ordered("teams/rotate", 1, "other.example.com");
        open = PlacedOrders.released(PlacedOrders.ordered("team/rotate", 4711, "www.example.com"));
        ended = PlacedOrders.delivered("team/rotate", 4712, "mail.example.com");
    }

    @Test
    void theyFollowARename() throws Exception {
        job.renameTo("nightly");
        assertBelongTo("team/nightly");
    }

    @Test
    void theyFollowARenameOfTheFolder() throws Exception {
        team.renameTo("crew");
        assertBelongTo("crew/rotate");
        assertEquals(
                "teams/rotate", book().openOrders().get(0).owner().job(), "Another folder's name begins the same way");
    }

    @Test
    void theyFollowAMove() throws Exception {
        Items.move(job, jenkins.createProject(Folder.class, "archive"));
        assertBelongTo("archive/rotate");
    }

    @Test
    void aBuildThatRunsMeanwhileGoesOn() throws Exception {
        book().take(open, build("team/rotate"));
        job.renameTo("nightly");
        assertEquals(build("team/nightly"), now(open).holder());
    }

    @Test
    void aNewJobOfADeletedOnesNameGetsNothing() throws Exception {
        job.delete();
        team.createProject(FreeStyleProject.class, "rotate");
        assertBelongToNobody();
    }

    @Test
    void aNewFolderOfADeletedOnesNameGetsNothing() throws Exception {
        team.delete();
        jenkins.createProject(Folder.class, "team").createProject(FreeStyleProject.class, "rotate");
        assertBelongToNobody();
    }

    private void assertBelongTo(String name) throws Exception {
        awaitEndedOrders();
        assertEquals(name, now(open).owner().job());
        assertThrows(OrderBookException.class, () -> book().take(now(open), build("team/rotate")));
        assertEquals(
                build(name), book().take(now(open), build(name)).orElseThrow().holder());
        assertEquals(
                List.of(ended.id()),
                book().ended().latest(name, 10).stream().map(Order::id).toList());
        assertEquals(List.of(), book().ended().latest("team/rotate", 10));
    }

    private void assertBelongToNobody() throws Exception {
        awaitEndedOrders();
        assertNull(now(open).owner().job());
        assertThrows(OrderBookException.class, () -> book().take(now(open), build("team/rotate")));
        JobOrders page = jenkins.jenkins
                .getItemByFullName("team/rotate", FreeStyleProject.class)
                .getAction(JobOrders.class);
        assertEquals(List.of(), page.getOpen());
        assertEquals(List.of(), page.getEnded());
        OrderRow row = new OrderRow(now(open));
        assertEquals("an administrator, since its job was deleted", row.getWaitsFor());
        assertEquals(
                1,
                ExtensionList.lookupSingleton(StuckOrderMonitor.class)
                        .getOrders()
                        .size());
    }

    private static void awaitEndedOrders() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        ExtensionList.lookupSingleton(OrderOwnership.class).ended.execute(done::countDown);
        done.await();
    }
}
