#pragma once

/// \file
/// A write on its way through an API server: what is asked, made of what is there.

#include <berth/api/admission.hpp>
#include <berth/api/detail/write_context.hpp>
#include <berth/api/lifecycle.hpp>
#include <berth/api/patching.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/api/storage.hpp>
#include <berth/api/write.hpp>
#include <berth/core/config.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::api::detail {

/// One write of a batch. A `write_task`: `storage::modify` asks it what to do, as often as it must.
class writing {
public:
    writing(write_context const& context, write const& asked);

    [[nodiscard]] auto of() const -> kind const& { return *of_; }
    [[nodiscard]] auto where() const -> object::key const& { return where_; }
    [[nodiscard]] auto needs_read() const -> bool { return needs_read_; }
    [[nodiscard]] auto is_done() const -> bool { return done_; }
    [[nodiscard]] auto may_go_on() const -> bool { return context_->may_go_on(); }
    [[nodiscard]] auto guard() const -> store_guard const* { return guard_.key.empty() ? nullptr : &guard_; }
    [[nodiscard]] auto answer() && -> result<written>;

    auto decide(object::object_ref const& there) -> change;
    auto wrote(object::object_ref const& now) -> void {
        if (!put_mark_ || dry_run_ || std::exchange(removing_, true)) return succeed(now);
        marked_ = now.rev; // its watchers have seen the mark, now it goes
    }
    auto fail(error why) -> void;

private:
    // ---- what is asked, and of what

    auto begin(create_request const& r) -> void;
    auto begin(update_request const& r) -> void;
    auto begin(patch_request const& r) -> void;
    auto begin(apply_request const& r) -> void;
    auto begin(remove_request const& r) -> void {
        if (auto const* const k = find(*r.resource)) set(*k, r.where, r.options);
    }
    auto begin(act_request const& r) -> void;

    auto find(object::resource_name const& r) -> kind const*;
    auto set(kind const& k, object::key where, write_options const& o) -> void;
    auto find_part(std::string const& name) -> void;
    static auto wrong_type(kind const& k, object::any_object const& o) -> error;
    [[nodiscard]] auto target() const -> api::target {
        return {of_, where_.namespace_, where_.name, subresource_};
    }

    // ---- an attempt

    auto attempt(object::object_ref const& there) -> result<change>;
    /// Whether the leadership that the write was made under lasts; and what in the store says so.
    auto check_fence() -> result<void>;

    auto make(create_request const& r, object::object_ref const& there) -> result<change>;
    auto taken(object::any_object const& asked, object::object_ref const& there) -> result<change>;
    auto make_new(object::any_object const& asked) -> result<change>;
    auto review(object::draft object) -> result<change>;

    auto make(update_request const& r, object::object_ref const& there) -> result<change>;

    /// Makes the written object of what is there and what was asked for.
    auto write_over(object::type_info const& type, void const* asked, object::object_ref const& there)
        -> result<change>;
    static auto copy_of(object::type_info const& type, void const* asked) -> object::draft;
    auto write_projection(void const* asked, object::object_ref const& there) -> result<change>;
    auto finish(object::draft object, object::object_ref const& there, write_note how = {}) -> result<change>;

    /// One attempt of a patch.
    auto make(patch_request const& r, object::object_ref const& there) -> result<change>;

    /// One attempt of an apply.
    auto make(apply_request const& r, object::object_ref const& there) -> result<change>;
    auto complain_twice(object::json_document const& document, field_validation validation) -> result<void>;
    auto apply_new(apply_request const& r, object::draft object) -> result<change>;
    auto apply_projection(apply_request const& r, object::json_document const& document,
                          object::object_ref const& there) -> result<change>;

    auto make(act_request const& r, object::object_ref const& there) -> result<change>;

    auto make(remove_request const& r, object::object_ref const& there) -> result<change>;

    /// Removes an object that was just marked. Others see the mark, and may write the object once more or
    /// remove it first: it goes all the same.
    auto go_on_removing(object::object_ref const& there) -> result<change>;

    // ---- the answer

    /// The object as the one who asks sees it: through a projection, if that was written.
    [[nodiscard]] auto presented(object::object_ref const& o) const -> result<object::object_ref> {
        if (projected_ == nullptr) return o;
        return project(*projected_, o);
    }
    auto succeed(object::object_ref const& now) -> void;

    write_context const* context_;
    write const* asked_;
    kind const* of_ = nullptr;
    object::key where_;
    std::string subresource_;
    write_options const* options_ = nullptr;
    part const* part_ = nullptr;
    projection const* projected_ = nullptr;
    action const* action_ = nullptr;
    object::revision expected_ = 0;
    store_guard guard_; ///< of the write's leadership; empty: it has none
    bool dry_run_ = false;
    bool needs_read_ = true;
    bool generated_ = false;
    int drawn_ = 0;

    // of a deletion that is told to watchers before it happens
    bool put_mark_ = false;
    bool removing_ = false;
    object::revision marked_ = 0;
    object::any_object last_;
    object::any_object reply_;
    bool done_ = false;
    result<written> answer_;
    std::vector<std::string> noted_; ///< the warnings of the attempt before
};

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/writing.ipp>
#endif
