//! Runs every program: those that end must end well, the services must answer real requests.

mod frameworks;
mod gofarm;
mod programs;
mod service;
mod services;
