package io.jenkins.plugins.sslmanager.engine.api;

/**
 * The object of an answer, a job or a notification (OpenAPI {@code ResponseObject}).
 *
 * @param value its primary key: a certificate's name, a message's number
 * @param summary how many there are; for a poll, the notifications that wait
 * @param data the certificate, where the type is {@code Certificate}; data of other kinds of object is not read
 */
public record ResponseObject(String type, String value, Integer summary, Certificate data) {

    public static final String CERTIFICATE = "Certificate";
}
