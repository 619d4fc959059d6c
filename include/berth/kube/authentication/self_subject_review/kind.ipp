#pragma once

/// \file
/// The bodies of `berth/kube/authentication/self_subject_review/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/self_subject_review/kind.hpp>

namespace berth::kube {

BERTH_DECL auto self_subject_review_kind() -> api::kind_of<self_subject_review> {
    auto k = api::kind_of<self_subject_review>{};
    k.verbs = {api::verb::create};
    k.review = [](self_subject_review const& r,
                  api::action_context const& about) -> result<object::any_object> {
        auto out = r;
        out.status.user_info = told_user(about.who);
        return object::any_object(std::move(out));
    };
    return k;
}

} // namespace berth::kube
