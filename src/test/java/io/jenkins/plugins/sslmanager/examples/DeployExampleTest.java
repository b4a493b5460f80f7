package io.jenkins.plugins.sslmanager.examples;

import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.NAME;
import static io.jenkins.plugins.sslmanager.examples.ExampleFixture.script;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
import hudson.model.Result;
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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private final FlagExtension<HostAddresses> names =
            ServedNames.extension(Map.of("www.example.com", "127.0.0.1", "mail.example.com", "127.0.0.1"));

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

    @Test
    void certificateIsRotatedOnceAndDeployedUntilItIsServed() throws Exception {
        Optional<Path> nginx = NginxServer.program();
        System.out.println(nginx.map(path -> "With the nginx " + path)
                .orElse("No nginx is installed (Debian: apt install nginx). The JDK's TLS server stands in for it"));
        try (WebServer web = nginx.isPresent() ? new Nginx(nginx.get()) : new StandIn();
                TlsServer mail = TlsServer.ofFolder(InetAddress.getByName("127.0.0.1"), 0, tls)) {
            web.start();
            WorkflowJob job = new Builds(jenkins)
                    .job(examples.example("deploy/Jenkinsfile", examples.due)
                            .replace("www.example.com:443", "www.example.com:" + web.port())
                            .replace("mail.example.com:993", "mail.example.com:" + mail.port()));

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
