package io.jenkins.plugins.sslmanager.engine.inbox;

/** What happens to a message that is none of ours. */
public enum QueuePolicy {
    /** It stays at the head of the queue for its owner, and while it blocks the queue, the jobs are asked for. */
    SHARED,
    /** The queue is ours alone: the message is stored, confirmed, and shown. */
    EXCLUSIVE
}
