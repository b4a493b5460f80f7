package io.jenkins.plugins.sslmanager.examples;

import groovy.lang.GroovyShell;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.sslmanager.account.QuickInboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jenkins.model.ParameterizedJobMixIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkins that {@code bin/run} starts, for those who try the plugin. */
@WithJenkins
class DemoJobsTest {

    @RegisterExtension
    static final FlagExtension<Duration> QUICK = QuickInboxes.extension();

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Path demo = Path.of("demo").toAbsolutePath();
        ConfigurationAsCode.get().configure(demo.resolve("jenkins.yaml").toString());
        new GroovyShell(jenkins.jenkins.getPluginManager().uberClassLoader)
                .evaluate(Files.readString(demo.resolve("jobs.groovy"))
                        .replace(
                                "System.getenv('SSL_MANAGER_DEMO')",
                                "'" + demo.toString().replace('\\', '/') + "'"));
    }

    @ParameterizedTest
    @CsvSource({"rotate, SUCCESS", "reissue, SUCCESS", "reissue-freestyle, SUCCESS", "reissue-that-fails, FAILURE"})
    void jobEndsAsItsNameSays(String name, Result result) throws Exception {
        Job<?, ?> job = jenkins.jenkins.getItemByFullName(name, Job.class);

        Queue.Item queued = ParameterizedJobMixIn.scheduleBuild2(job, 0);
        jenkins.assertBuildStatus(result, (Run<?, ?>) queued.getFuture().get());
    }
}
