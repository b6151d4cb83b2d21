-- table `user` cannot be made: operator does not exist: double precision % integer
  No operator matches the given name and argument types. You might need to add explicit type casts.
