package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/**
 * What came of one question.
 *
 * @param answer all that stood in it; empty where there was none, or one that cannot be read
 * @param unknown fields that no object of ours has, as {@code Type.field}
 * @param missing fields that a re-issue works with, and that were not there
 * @param failure empty where the task was done
 */
record Finding(
        Task task,
        Optional<JsonNode> answer,
        SortedSet<String> unknown,
        List<String> missing,
        Optional<ApiException> failure) {}
