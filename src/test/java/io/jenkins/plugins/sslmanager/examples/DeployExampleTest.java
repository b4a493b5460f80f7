package io.jenkins.plugins.sslmanager.examples;

import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.NAME;
import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.PAID;
import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.script;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.deployment.NginxServer;
import io.jenkins.plugins.sslmanager.deployment.ServedNames;
import io.jenkins.plugins.sslmanager.engine.served.HostAddresses;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer.Identity;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/**
 * docs/examples/deploy as it stands there but for ids, ports and a folder of the machine: with a real nginx and a
 * second TLS server. Where no nginx is installed, the test says so, and the JDK's TLS server stands in.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has a shell step")
class DeployExampleTest extends OverBothProtocols {

    @RegisterExtension
    private final FlagExtension<HostAddresses> names = ServedNames.extension(Map.of(
            "www.example.com", "127.0.0.1",
            "mail.example.com", "127.0.0.1",
            "both.example.com", "127.0.0.1 ::1"));

    @RegisterExtension
    private final FlagExtension<Duration> quick = ServedNames.quickLooks();

    @TempDir
    private Path machine;

    private Path tls;
    private ExampleFixture examples;

    DeployExampleTest() {
        super(Duration.ZERO);
    }

    @BeforeEach
    void setUp() throws Exception {
        examples = new ExampleFixture(fixture, jenkins, machine);
        tls = Files.createDirectory(machine.resolve("tls"));
        Identity.of(NAME).writeTo(tls);
    }

    /** What the test does to the web server, be it nginx or what stands in for it. */
    private interface WebServer extends AutoCloseable {

        int port();

        /** Whether the configuration is found good. */
        void accept(boolean configuration) throws Exception;

        void start() throws Exception;

        void stop() throws Exception;
    }

    private WebServer webServer() throws Exception {
        Optional<Path> nginx = NginxServer.program();
        System.out.println(nginx.map(path -> "With the nginx " + path)
                .orElse("No nginx is installed (Debian: apt install nginx). The JDK's TLS server stands in for it"));
        return nginx.isPresent() ? new Nginx(nginx.get()) : new StandIn();
    }

    private TlsServer mailServer() throws Exception {
        return TlsServer.ofFolder(InetAddress.getByName("127.0.0.1"), 0, tls);
    }

    private String pipeline(WebServer web, TlsServer mail) throws Exception {
        return examples.example("deploy/Jenkinsfile", examples.due)
                .replace("www.example.com:443", "www.example.com:" + web.port())
                .replace("mail.example.com:993", "mail.example.com:" + mail.port());
    }

    @Test
    void certificateIsRotatedOnceAndDeployedUntilItIsServed() throws Exception {
        try (WebServer web = webServer();
                TlsServer mail = mailServer()) {
            web.start();
            WorkflowJob job = new Builds(jenkins).job(pipeline(web, mail));

            web.accept(false);
            WorkflowRun first = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("it has had none from this job yet", first);
            assertShown("Deployment failed", job);

            web.accept(true);
            web.stop();
            jenkins.assertLogContains(
                    "the block of build #1 failed", jenkins.buildAndAssertStatus(Result.FAILURE, job));
            assertShown("Deployment failed", job);

            web.start();
            WorkflowRun third = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("www.example.com:" + web.port() + " (127.0.0.1): presents it", third);
            jenkins.assertLogContains("mail.example.com:" + mail.port() + " (127.0.0.1): presents it", third);
            assertShown("In use", job);
            assertEquals(1, examples.sandbox.orders(NAME));

            jenkins.assertLogContains("Nothing is left to do", jenkins.buildAndAssertSuccess(job));

            web.stop();
            WorkflowRun down = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("(127.0.0.1): no connection (Connection refused)", down);
            assertShown("Deployment failed", job);
        }
    }

    @Test
    void serverThatKeepsTheOldCertificateOnItsIpv6AddressIsShownUntilItHasTheNewOne() throws Exception {
        Path other = Files.createDirectory(machine.resolve("ipv6"));
        Identity.of(NAME).writeTo(other);
        try (WebServer web = webServer();
                TlsServer mail = mailServer();
                TlsServer ipv6 = TlsServer.ofFolder(InetAddress.getByName("::1"), mail.port(), other)) {
            web.start();
            web.accept(true);
            String mailbox = "both.example.com:" + ipv6.port();
            WorkflowJob job = new Builds(jenkins)
                    .job(pipeline(web, mail)
                            .replace("mail.example.com:" + mail.port(), mailbox)
                            .replace("verifyFor: '2m'", "verifyFor: '1s'"));

            WorkflowRun first = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogContains(mailbox + " (127.0.0.1): presents it", first);
            jenkins.assertLogContains(mailbox + " (0:0:0:0:0:0:0:1): presents another (", first);
            assertShown("Not served", job);
            HtmlPage list =
                    jenkins.createWebClient().withJavaScriptEnabled(false).goTo(job.getUrl() + "ssl-certificates/");
            assertThat(
                    list.getAnchorByText(NAME).<HtmlPage>click().asNormalizedText(),
                    containsString(mailbox + " (0:0:0:0:0:0:0:1): presents another ("));

            for (String file : List.of("key.pem", "fullchain.pem")) {
                Files.copy(tls.resolve(file), other.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            jenkins.buildAndAssertSuccess(job);
            assertShown("In use", job);
            assertEquals(1, examples.sandbox.orders(NAME));
        }
    }

    @Test
    void certificateWhosePaidTermEndsIsRenewedOnceAndDeployed() throws Exception {
        examples.withEndOfPaidTerm();
        String page = Files.readString(Path.of("docs/deployment.md"));
        configure(block("yaml", page).replace("www.example.com", PAID));
        try (WebServer web = webServer();
                TlsServer mail = mailServer()) {
            web.start();
            web.accept(true);
            WorkflowJob job = jenkins.createProject(Folder.class, "team")
                    .createProject(Folder.class, "shop")
                    .createProject(WorkflowJob.class, "rotate");
            Builds.withScript(job, pipeline(web, mail).replace("'www.example.com'", "'" + PAID + "'"));

            WorkflowRun first = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("Renewing " + PAID + " (400106), which is billed", first);
            jenkins.assertLogContains("www.example.com:" + web.port() + " (127.0.0.1): presents it", first);
            assertShown("In use", job);
            jenkins.assertLogContains("Nothing is left to do", jenkins.buildAndAssertSuccess(job));
            assertEquals(1, examples.sandbox.renewals(PAID));
        }
    }

    /** As docs/deployment.md has it, but for the service. */
    private void configure(String yaml) throws Exception {
        Path file = Files.writeString(
                machine.resolve("jenkins.yaml"),
                yaml.replace("context: 9", "context: 4")
                        .replace(
                                "service: LIVE",
                                "service: OTHER\n      protocol: " + protocol + "\n      url: "
                                        + fixture.url(protocol)));
        ConfigurationAsCode.get().configure(file.toString());
    }

    @Test
    void documentHasTheExampleAsItIs() throws Exception {
        assertEquals(
                Files.readString(ExampleFixture.FOLDER.resolve("deploy/Jenkinsfile")),
                block("groovy", Files.readString(Path.of("docs/deployment.md"))));
    }

    /** The first one of its kind in a document. */
    private static String block(String kind, String document) {
        String begin = "```" + kind + "\n";
        int from = document.indexOf(begin) + begin.length();
        return document.substring(from, document.indexOf("```", from));
    }

    private static void assertShown(String state, WorkflowJob job) throws Exception {
        String page = jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo(job.getUrl())
                .getElementById("ssl-certificates")
                .asNormalizedText();
        assertThat(page, containsString("web " + state));
    }

    private final class Nginx implements WebServer {

        private final NginxServer server;
        private final Path mistake = machine.resolve("mistake");

        Nginx(Path program) throws Exception {
            server = new NginxServer(program, Files.createDirectory(machine.resolve("home")), tls);
            script(
                    new FilePath(machine.toFile()),
                    "nginx",
                    "[ ! -e '" + mistake + "' ] || exec " + server.command() + " -g 'mistake;' \"$@\"\nexec "
                            + server.command() + " \"$@\"");
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void accept(boolean configuration) throws Exception {
            if (configuration) {
                Files.deleteIfExists(mistake);
            } else {
                Files.createFile(mistake);
            }
        }

        @Override
        public void start() throws Exception {
            server.start();
        }

        @Override
        public void stop() throws Exception {
            server.stop();
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }

    private final class StandIn implements WebServer {

        private final Path good = machine.resolve("good");
        private final Path running = machine.resolve("running");
        private final int port;
        private TlsServer server;

        StandIn() throws Exception {
            server = TlsServer.ofFolder(InetAddress.getByName("127.0.0.1"), 0, tls);
            port = server.port();
            script(
                    new FilePath(machine.toFile()),
                    "nginx",
                    "case \"$1\" in -t) [ -e '" + good + "' ];; *) [ -e '" + running + "' ];; esac");
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void accept(boolean configuration) throws Exception {
            if (configuration) {
                Files.createFile(good);
            }
        }

        @Override
        public void start() throws Exception {
            server.close();
            server = TlsServer.ofFolder(InetAddress.getByName("127.0.0.1"), port, tls);
            Files.createFile(running);
        }

        @Override
        public void stop() throws Exception {
            server.close();
            Files.delete(running);
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }
}
