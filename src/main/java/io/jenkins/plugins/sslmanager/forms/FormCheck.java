package io.jenkins.plugins.sslmanager.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
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
        } catch (IOException | IllegalArgumentException | ExpectedFailure e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Checks a field that may be left empty. */
    static FormValidation unlessEmpty(@CheckForNull String value, FieldReader reader) {
        String text = Util.fixEmptyAndTrim(value);
        return check(() -> {
            if (text != null) {
                reader.read(text);
            }
        });
    }

    /** Reads what stands in a field. */
    @FunctionalInterface
    interface FieldReader {

        /** Fails with a message for people if the text says nothing. */
        void read(String text) throws IOException;
    }
}
