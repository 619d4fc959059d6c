#pragma once

/// \file
/// How whoever answers a request may wait for others than the store without stopping other requests.

#include <berth/api/http/detail/stand_ins.hpp>
#include <berth/api/http/message.hpp>
#include <berth/core/error.hpp>

#include <memory>

namespace berth::api::http {

/// A place among those who wait: while it is held, the listener that took the request answers others, if need
/// be on another thread.
class wait_place {
public:
    /// Takes a place for a request. Errors: `too_many_requests`, if as many wait as may.
    [[nodiscard]] static auto take(request const& q) -> result<wait_place> {
        if (q.waiting == nullptr || q.waiting->enter()) return wait_place(q.waiting);
        auto refusal = fail(error_code::too_many_requests, "too many requests wait already");
        refusal.error().details.retry_after_seconds = 1;
        return refusal;
    }

private:
    struct leave {
        auto operator()(detail::stand_ins* of) const -> void { of->leave(); }
    };
    explicit wait_place(detail::stand_ins* in) : in_(in) {}

    std::unique_ptr<detail::stand_ins, leave> in_;
};

} // namespace berth::api::http
