/**
 * Everything that is not Jenkins. This package itself has only the choice between the two protocols; docs/developer.md says
 * what each package below it holds, and which others it may use.
 *
 * <p>Nothing here imports a class of Jenkins. The engine compiles without one, and has its own build.
 */
package io.jenkins.plugins.sslmanager.engine;
