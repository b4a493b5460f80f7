package io.jenkins.plugins.sslmanager.orders;

import static io.jenkins.plugins.sslmanager.orders.PlacedOrders.book;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What an administrator is told of a damaged order book, which shows when Jenkins starts. */
class OrderBookMonitorTest {

    private static final String NAME = "www.example.com";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void aDamagedRecordIsNamedAndKeepsItsCertificateFromBeingOrdered() throws Throwable {
        sessions.then(jenkins -> {
            assertFalse(monitor().isActivated());
            PlacedOrders.ordered("job", 4711, NAME);
            assertFalse(monitor().isActivated());
        });
        Path record = only(home().resolve("ssl-manager/orders/open"));
        byte[] whole = Files.readAllBytes(record);
        Files.writeString(record, "{\"id\":");
        sessions.then(jenkins -> {
            assertTrue(monitor().isActivated());
            String name = record.getFileName().toString().replace(".json", "");
            for (String page : new String[] {"manage/", "manage/ssl-manager-orders/"}) {
                String text = open(jenkins, page).asNormalizedText();
                assertThat(text, containsString(name));
                assertThat(text, containsString("Nothing is ordered for the certificate"));
            }
            assertThrows(OrderBookException.class, () -> PlacedOrders.ordered("job", 4711, NAME));
            PlacedOrders.ordered("job", 4712, "mail.example.com");

            Files.delete(record.resolveSibling("damaged").resolve(record.getFileName()));
            assertFalse(monitor().isActivated());
        });
        Files.write(record, whole);
        sessions.then(jenkins -> {
            assertFalse(monitor().isActivated());
            assertEquals(2, book().openOrders().size(), "The record from the backup counts again");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyThatIsGoneOrAnotherStopsAllOrdersAndLosesNothing(boolean gone) throws Throwable {
        AtomicReference<Order> order = new AtomicReference<>();
        sessions.then(jenkins -> order.set(PlacedOrders.ordered("job", 4711, NAME)));
        Path key = home().resolve("secrets/io.jenkins.plugins.sslmanager.orders.SealingKey");
        byte[] right = Files.readAllBytes(key);
        if (gone) {
            Files.delete(key);
        } else {
            right[right.length - 1] ^= 1;
            Files.write(key, right);
            right[right.length - 1] ^= 1;
        }
        sessions.then(jenkins -> {
            assertTrue(monitor().isActivated());
            for (String page : new String[] {"manage/", "manage/ssl-manager-orders/"}) {
                assertThat(
                        open(jenkins, page).asNormalizedText(),
                        containsString("The key that seals the private keys of orders"));
            }
            assertThrows(OrderBookException.class, () -> PlacedOrders.ordered("job", 4712, "mail.example.com"));
            assertThrows(OrderBookException.class, () -> book().key(order.get()));
            assertEquals(gone, Files.notExists(key), "No new key is made");

            DomElement dismiss = open(jenkins, "manage/")
                    .querySelector("form[action$='" + monitor().getUrl() + "/disable'] button");
            dismiss.click();
            assertFalse(monitor().isEnabled());
            assertThat(open(jenkins, "manage/").asNormalizedText(), not(containsString("The key that seals")));
        });
        Files.write(key, right);
        sessions.then(jenkins -> {
            assertFalse(monitor().isActivated());
            assertEquals(PlacedOrders.KEYS.getPrivate(), book().key(PlacedOrders.now(order.get())));
        });
    }

    @Test
    void aBookThatCannotBeReadIsToldByItsPagesAndByTheBuildsThatNeedIt() throws Throwable {
        Path book = home().resolve("ssl-manager/orders");
        Files.createDirectories(book.getParent());
        Files.writeString(book, "Not a folder");
        sessions.then(jenkins -> {
            assertTrue(monitor().isActivated());
            for (String page : List.of("manage/", "manage/ssl-manager-orders/")) {
                assertThat(
                        open(jenkins, page).asNormalizedText(),
                        containsString("cannot be read, so nothing is ordered"));
            }
            SandboxFixture.addCredentials("production", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
            SslManagerAccount account = new SslManagerAccount("production", Service.LIVE, 9, "production");
            account.setGrants(List.of(SandboxFixture.everythingForEveryJob()));
            SslManagerConfiguration.get().setAccounts(List.of(account));
            Builds builds = new Builds(jenkins);
            builds.failure(
                    builds.job("csr", "sslGenerateCsr commonName: 'www.example.com'"),
                    "The order book in JENKINS_HOME/ssl-manager/orders cannot be read");
            open(jenkins, "job/csr/");
            String orders = open(jenkins, "job/csr/ssl-manager-orders/").asNormalizedText();
            assertThat(orders, containsString("The orders cannot be read at the moment"));
            assertThat(orders, not(containsString(home().toString())));
        });
    }

    private static OrderBookMonitor monitor() {
        return ExtensionList.lookupSingleton(OrderBookMonitor.class);
    }

    private static HtmlPage open(JenkinsRule jenkins, String page) throws Exception {
        return jenkins.createWebClient().goTo(page);
    }

    private Path home() {
        return sessions.getHome().toPath();
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
