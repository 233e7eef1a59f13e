package io.qlikbridge.consolesignin;

import io.qlikbridge.console.ConsolePages;
import io.qlikbridge.failure.ContentTooLarge;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the forms of the console, which may be larger than the one for a token, for which the servlet container's limit is made. Of
 * whoever has not signed in it takes no more than that.
 */
class FormFilter extends OncePerRequestFilter {

    private static final DataSize OF_ADMINS = DataSize.ofKilobytes(256);
    private static final DataSize OF_STRANGERS = DataSize.ofKilobytes(8);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ConsolePages pages;

    FormFilter(ConsolePages pages) {
        this.pages = pages;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return !"POST".equals(request.getMethod())
                // small, and read before anything was set aside for it
                || request.getRequestURI().equals(request.getContextPath() + WantedPage.SIGN_IN)
                || type == null
                || !type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
        DataSize most = signedIn ? OF_ADMINS : OF_STRANGERS;
        HttpServletRequest read;
        try {
            read = FormRequest.read(request, most);
        } catch (ContentTooLarge tooLarge) {
            pages.refuse(request, response, tooLarge.problem());
            return;
        }
        chain.doFilter(read, response);
    }
}
