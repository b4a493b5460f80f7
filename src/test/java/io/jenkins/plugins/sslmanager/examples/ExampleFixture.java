package io.jenkins.plugins.sslmanager.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What the examples find: certificates, labels of agents, and a machine with programs and folders. */
final class ExampleFixture {

    static final Path FOLDER = Path.of("docs/examples");

    /** Of a certificate that is due. */
    static final String NAME = "www.example.com";

    /** Of one that is not. */
    static final String GOOD = "good.example.com";

    /** Of one whose paid term ends with it. */
    static final String PAID = "paid.example.com";

    private final SandboxFixture fixture;
    private final JenkinsRule jenkins;
    private final Path machine;

    final Sandbox sandbox;
    final long good;
    final long due;

    /** @param machine has what is on the path of all shell steps */
    ExampleFixture(SandboxFixture fixture, JenkinsRule jenkins, Path machine) throws Exception {
        this.fixture = fixture;
        this.jenkins = jenkins;
        this.machine = machine;
        sandbox = fixture.sandbox;
        good = sandbox.addCertificate(GOOD, AuthMethod.DNS);
        due = issuedBefore(Duration.ofDays(150), NAME);
        jenkins.jenkins.setLabelString("web dns");
        jenkins.jenkins
                .getGlobalNodeProperties()
                .replaceBy(List.of(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("PATH+MACHINE", machine.toString()))));
    }

    private long issuedBefore(Duration age, String name) {
        fixture.letTimePass(age.negated());
        long id = sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.letTimePass(age);
        return id;
    }

    /** A certificate that was re-issued so late that another re-issue would win nothing. */
    long withEndOfPaidTerm() throws Exception {
        long id = issuedBefore(Duration.ofDays(310), PAID);
        fixture.letTimePass(Duration.ofDays(-140));
        fixture.orderElsewhere(id, Protocol.JSON, PAID);
        fixture.letTimePass(Duration.ofDays(140));
        return id;
    }

    /** As it stands there, but for the placeholders. */
    String example(String file, long id) throws IOException {
        return Files.readString(FOLDER.resolve(file))
                .replace("1234567", Long.toString(id))
                .replace("1234568", Long.toString(good))
                .replace("/etc/nginx/tls", machine.resolve("tls").toString());
    }

    WorkflowJob pipeline(String file, long id) throws Exception {
        return new Builds(jenkins).job(example(file, id));
    }

    WorkflowRun build(WorkflowJob job, Result expected, ParameterValue... parameters) throws Exception {
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0, new ParametersAction(parameters)));
    }

    /** In the place of what an example calls, in the workspace or on the machine. */
    static void script(FilePath folder, String name, String lines) throws Exception {
        folder.child(name).write("#!/bin/sh\n" + lines + "\n", "UTF-8");
        folder.child(name).chmod(0755);
    }

    /** Of the one that was due. */
    void assertNewest(X509Certificate leaf) {
        assertEquals(sandbox.certificate(due).serialNumber(), Certificates.serialNumber(leaf));
    }
}
