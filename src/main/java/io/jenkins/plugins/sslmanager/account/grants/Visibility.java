package io.jenkins.plugins.sslmanager.account.grants;

/** To whom a certificate that was issued by a grant is shown, with its key, as a credential. */
public enum Visibility {
    /** To the job alone that ordered it. */
    JOB,
    /** To the jobs of that job's folder. */
    FOLDER,
    /** To all jobs. */
    JENKINS;

    /** For people, in their language. */
    public String getDisplayName() {
        return switch (this) {
            case JOB -> Messages.Visibility_job();
            case FOLDER -> Messages.Visibility_folder();
            case JENKINS -> Messages.Visibility_jenkins();
        };
    }
}
