package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.Superseded;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;

/** What a calling script can tell one end from another by. */
final class ExitCode {

    static final int DONE = 0;
    static final int UNEXPECTED = 1;
    static final int INPUT = 2;
    static final int NO_ANSWER = 3;
    static final int REFUSED = 4;
    static final int JOB_FAILED = 5;
    static final int TIME_LIMIT = 6;
    static final int CHECK_FAILED = 7;
    static final int BOOK = 8;
    static final int RENEWAL_NEEDED = 9;

    private ExitCode() {}

    static int of(Throwable failure) {
        if (failure instanceof ApiException trouble) {
            return trouble.isPassing() ? NO_ANSWER : REFUSED;
        }
        if (failure instanceof ReissueException end) {
            return switch (end.kind()) {
                case UNFIT -> INPUT;
                case UNCLEAR -> NO_ANSWER;
                case JOB_FAILED -> JOB_FAILED;
                case TIME_LIMIT -> TIME_LIMIT;
            };
        }
        if (failure instanceof PkiException) {
            return CHECK_FAILED;
        }
        if (failure instanceof TimeoutException) {
            return TIME_LIMIT;
        }
        if (failure instanceof Superseded) {
            return JOB_FAILED;
        }
        if (failure instanceof OrderBookException
                || failure instanceof StorageException
                || failure instanceof TerminalBookInUse) {
            return BOOK;
        }
        return failure instanceof InputException ? INPUT : UNEXPECTED;
    }

    /** Returns a failure in one line, without a stack trace. */
    static String message(Throwable failure) {
        if (of(failure) != UNEXPECTED) {
            return failure.getMessage();
        }
        return failure instanceof FileSystemException trouble
                ? "A file cannot be written: " + trouble.getFile() + ": " + SafeFiles.reason(trouble) + "."
                : "Unexpected, and a fault of this program: " + failure + ". Please report this line.";
    }
}
