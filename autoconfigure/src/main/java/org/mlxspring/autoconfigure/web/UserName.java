package org.mlxspring.autoconfigure.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** What the user of a request is called in the audit log and wherever it is noted who did something. */
public final class UserName {

    private UserName() {}

    /** {@code anonymous} where nobody is signed in, as in an application without security. */
    public static String of(@Nullable Principal user) {
        return user == null ? "anonymous" : user.getName();
    }
}
