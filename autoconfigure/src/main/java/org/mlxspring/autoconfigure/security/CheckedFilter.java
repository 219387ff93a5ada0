package org.mlxspring.autoconfigure.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.springframework.web.filter.GenericFilterBean;

/** The last filter of our chain: notes on the request that its rights were checked, for {@link UncheckedRequests}. */
final class CheckedFilter extends GenericFilterBean {
    private static final String CHECKED = CheckedFilter.class.getName();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(CHECKED, true);
        chain.doFilter(request, response);
    }

    static boolean passed(ServletRequest request) {
        return request.getAttribute(CHECKED) != null;
    }
}
