package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Locale;

/** A request with several parts that nobody is to take apart before the controller reads it. */
final class MultipartStream extends HttpServletRequestWrapper {

    /** What it says it is. */
    static final String TYPE = "application/octet-stream";

    MultipartStream(HttpServletRequest request) {
        super(request);
    }

    static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    @Override
    public String getContentType() {
        return TYPE;
    }
}
