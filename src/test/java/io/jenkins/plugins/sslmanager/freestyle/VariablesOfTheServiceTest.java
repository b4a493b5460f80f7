package io.jenkins.plugins.sslmanager.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service sends, in the environment of scripts. */
class VariablesOfTheServiceTest {

    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(id)",
                "`id`",
                "www.example.com\nid",
                "www.example.com & calc",
                "%PATH%",
                "-rf",
                "../../etc",
                "a b",
                "\"www\"",
            })
    void nameThatAShellCouldActUponIsNotSet(String name) {
        assertEquals(Map.of(), set(Map.of("name", name)));
        assertTrue(
                log.get(0).startsWith("SSL_CERTIFICATE_NAME is not set, since the service has sent a value"),
                log.get(0));
        assertTrue(log.get(0).indexOf('\n') < 0, log.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"www.example.com", "*.example.com", "xn--mller-kva.example", "müller.example", "Example_GmbH"})
    void usualNamesAreSet(String name) {
        assertEquals(Map.of("SSL_CERTIFICATE_NAME", name), set(Map.of("name", name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../.ssh/authorized_keys|abc",
                "a/../../b|abc",
                "-o|abc",
                "fileauth.txt;id|abc",
            })
    void fileOfAProofThatLeadsElsewhereIsNotSet(String name, String content) {
        assertEquals(
                Map.of("SSL_FILE_CONTENT", content),
                set(proof("FILE", Map.of("fileName", name, "fileContent", content))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<?php system('id') ?>", "abc|calc", "abc & calc", "$(id)", "`id`", "abc>x"})
    void contentOfAProofThatIsAProgramIsNotSet(String content) {
        assertEquals(
                Map.of("SSL_FILE_NAME", "example.com/.well-known/pki-validation/fileauth.txt"),
                set(proof(
                        "FILE",
                        Map.of(
                                "fileName",
                                "example.com/.well-known/pki-validation/fileauth.txt",
                                "fileContent",
                                content))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_dnsauth.www.example.com.\t300\tIN\tTXT\t\t\"2025_ab-c+d/e=\"",
                "_abc.example.com. 300 IN CNAME def.ghi.dcv.example.net.",
            })
    void recordsAreSet(String record) {
        assertEquals(Map.of("SSL_DNS_RECORD", record), set(proof("DNS", Map.of("dns", record))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a. 300 IN TXT \"$(id)\"", "a. 300 IN TXT \"x\"; id", "a. 300 IN TXT \"x\"\nb. IN NS evil."})
    void recordThatAShellCouldActUponIsNotSet(String record) {
        assertEquals(Map.of(), set(proof("DNS", Map.of("dns", record))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "previousSerialNumber | SSL_PREVIOUS_SERIAL_NUMBER | 01:AB:cd | $(id)",
                "previousSerialNumber | SSL_PREVIOUS_SERIAL_NUMBER | 01AB     | 01 & calc",
                "clientTransactionId  | SSL_CLIENT_TRANSACTION_ID  | jenkins-12ab-7 | `id`"
            })
    void numberThatAShellCouldActUponIsNotSet(String result, String variable, String usual, String hostile) {
        assertEquals(Map.of(variable, usual), set(Map.of(result, usual)));
        assertEquals(Map.of(), set(Map.of(result, hostile)));
    }

    private static Map<String, Object> proof(String method, Map<String, String> values) {
        return Map.of("authentication", Map.of(method, values));
    }

    private Map<String, String> set(Map<String, ?> result) {
        EnvVars environment = new EnvVars();
        StepOutputs.of(result, log::add).buildEnvironment((FreeStyleBuild) null, environment);
        return new LinkedHashMap<>(environment);
    }
}
