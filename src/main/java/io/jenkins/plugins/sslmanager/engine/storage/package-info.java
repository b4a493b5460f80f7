/**
 * Files that survive a crash: each is there as a whole or not at all, and on the disk. Records are such files in JSON, written
 * by a mapper of the disk's own.
 *
 * <p>What the files hold is decided by whoever writes them.
 */
package io.jenkins.plugins.sslmanager.engine.storage;
