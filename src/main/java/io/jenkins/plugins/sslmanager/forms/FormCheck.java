package io.jenkins.plugins.sslmanager.forms;

import hudson.util.FormValidation;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Checks a field while somebody fills in a form, with what reads it in a build later. */
@FunctionalInterface
public interface FormCheck {

    /** Fails with a message for people if the field says nothing. */
    void run() throws IOException;

    /** Answers everybody who may see Jenkins, since the field alone decides. */
    static FormValidation check(FormCheck field) {
        Jenkins.get().checkPermission(Jenkins.READ);
        try {
            field.run();
            return FormValidation.ok();
        } catch (IOException | IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
