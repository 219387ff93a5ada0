package org.mlxspring.autoconfigure.dataset;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives the path of the datasets limits of its own: those of an upload belong to a servlet, and Boot sets them to one
 * megabyte for all that the application serves. The request itself goes on to the dispatcher servlet.
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
        next.forward(request, response);
    }
}
