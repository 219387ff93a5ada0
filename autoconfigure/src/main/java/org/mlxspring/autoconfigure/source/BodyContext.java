package org.mlxspring.autoconfigure.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.fileupload2.core.RequestContext;

/** A request as the parser of its parts needs it, with the content type that it came with. */
record BodyContext(HttpServletRequest request) implements RequestContext {

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public long getContentLength() {
        return request.getContentLengthLong();
    }

    @Override
    public String getContentType() {
        return String.valueOf(request.getHeader("Content-Type"));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return request.getInputStream();
    }

    @Override
    public boolean isMultipartRelated() {
        return false;
    }
}
