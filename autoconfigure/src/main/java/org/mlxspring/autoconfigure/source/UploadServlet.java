package org.mlxspring.autoconfigure.source;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Hands uploads with several parts to the dispatcher servlet as a stream. The container would write the parts to
 * temporary files in the clear, and hold them to the limits that Boot sets for all that the application serves.
 */
final class UploadServlet extends HttpServlet {

    static final String PATH = "/mlx/api/datasets";

    private static final long serialVersionUID = 1L;

    private final String dispatcher;

    UploadServlet(String dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher next = getServletContext().getNamedDispatcher(dispatcher);
        if (next == null) {
            throw new ServletException("There is no servlet '" + dispatcher + "' to answer " + PATH + ".");
        }
        next.forward(MultipartStream.isMultipart(request) ? new MultipartStream(request) : request, response);
    }
}
