package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;

/** What happens to an answer on its way. */
enum AnswerFate {
    WHOLE,
    /** Only of an order: the other tasks change nothing, so losing their answer proves nothing. */
    LOST,
    CUT,
    HTML;

    static AnswerFate of(SandboxTask task, String certificateName) {
        return switch (Behaviour.of(certificateName)) {
            case ANSWER_LOST -> task == SandboxTask.REISSUE || task == SandboxTask.RENEW ? LOST : WHOLE;
            case ANSWER_CUT -> CUT;
            case ANSWER_HTML -> HTML;
            default -> WHOLE;
        };
    }
}
