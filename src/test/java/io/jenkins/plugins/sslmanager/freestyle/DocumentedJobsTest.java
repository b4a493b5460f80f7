package io.jenkins.plugins.sslmanager.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The jobs of docs/freestyle.md, as they stand there but for the certificate's id. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "They have shell steps")
class DocumentedJobsTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final Duration JOB_DELAY = Duration.ofMinutes(10);
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

    private final long certificateId = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);

    private FreeStyleProject reissue;
    private FilePath workspace;

    DocumentedJobsTest() {
        super(JOB_DELAY);
    }

    @BeforeEach
    void setUp() throws Exception {
        jenkins.jenkins.setLabelString("release");
        String examples = EXAMPLE.matcher(Files.readString(Path.of("docs/freestyle.md")))
                .results()
                .map(example -> example.group(1))
                .collect(Collectors.joining());
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(examples.replace("1234567", Long.toString(certificateId)));
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        reissue = jenkins.jenkins.getItemByFullName("reissue-www", FreeStyleProject.class);
        workspace = jenkins.jenkins.getWorkspaceFor(reissue);
        FilePath script = workspace.child("set-record");
        script.write("#!/bin/sh\necho \"$1\" > record.txt\n", "UTF-8");
        script.chmod(0755);
    }

    @Test
    void certificateIsReissued() throws Exception {
        FreeStyleBuild build = reissue.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", build);
        fixture.letTimePass(JOB_DELAY);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("leaf.pem: OK", build);
        assertThat(workspace.child("record.txt").readToString(), startsWith(NAME));
        assertNewKeyIsInItsPlace();
    }

    @Test
    void nextBuildBringsInTheCertificateOfAnAbortedOne() throws Exception {
        FreeStyleBuild aborted = reissue.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", aborted);
        aborted.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
        fixture.letTimePass(JOB_DELAY);
        jenkins.buildAndAssertSuccess(reissue);
        assertNewKeyIsInItsPlace();
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    private void assertNewKeyIsInItsPlace() throws Exception {
        FilePath folder = workspace.child("certificates");
        KeyStores.requirePair(
                Pem.privateKey(WorkspaceList.tempDir(workspace).child("key.pem").readToString()),
                Pem.certificate(folder.child("leaf.pem").readToString()));
        assertEquals(
                CertificateSigningRequest.parse(workspace.child("request.csr").readToString())
                        .publicKey(),
                Pem.certificate(folder.child("leaf.pem").readToString()).getPublicKey());
    }
}
